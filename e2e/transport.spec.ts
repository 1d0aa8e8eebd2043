import { expect, test } from '@playwright/test';

for (const path of ['/sign-in', '/demo/fhir/metadata', '/demo/oauth/jwks']) {
  test(`whoever came to ${path} by TLS is told to stay with it, and nobody else [SMART 231]`, async ({ request }) => {
    const behindTls = await request.get(path, { headers: { 'x-forwarded-proto': 'https' } });
    expect(behindTls.headers()['strict-transport-security']).toBe('max-age=31536000');
    const plain = await request.get(path);
    expect(plain.headers()).not.toHaveProperty('strict-transport-security');
  });
}
