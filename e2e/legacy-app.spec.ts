import { expect, test } from '@playwright/test';
import { startLegacyApp } from './fixtures/legacy-app.ts';
import { launchFromChart, registerApp } from './fixtures/registration.ts';

const scope = 'launch openid profile patient/Patient.read patient/Observation.read';

for (const [kind, type] of [
  ['without a secret', undefined],
  ['with a secret', 'Confidential, with a secret'],
] as const) {
  test(`an app of the first generation ${kind} finds its way by metadata alone, and without PKCE [SMART 369]`, async ({
    page,
    context,
    baseURL,
  }) => {
    const registration: Parameters<typeof startLegacyApp>[0] = { client_id: `legacy_${Date.now()}`, scope };
    const app = await startLegacyApp(registration);
    const secret = await registerApp(page, {
      name: `Legacy App ${kind}`,
      clientId: registration.client_id,
      scope,
      pkce: false,
      launchUri: app.launchUri,
      redirectUri: app.redirectUri,
      type,
    });
    expect(secret !== undefined).toBe(type !== undefined);
    if (secret) registration.secret = secret;
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    const tab = await launchFromChart(page, 'BILIBABY', `Legacy App ${kind}`);
    await tab.getByRole('button', { name: 'Allow' }).click();
    await expect(tab.getByRole('heading')).toContainText('Kowalczyk');
    await expect(tab.getByRole('note')).toContainText(/\d+ observations/);
    const said = JSON.parse((await tab.getByRole('status').textContent()) ?? '{}');
    expect(said).toMatchObject({ patient: 'BILIBABY', token_type: 'Bearer', need_patient_banner: true });
    expect(said.userId).toMatch(new RegExp(`^${baseURL}/demo/fhir/`));
    expect(asked).toContain(`${baseURL}/demo/fhir/metadata`);
    expect(asked.filter((url) => url.includes('smart-configuration'))).toEqual([]);
    const authorize = asked.filter((url) => url.startsWith(`${baseURL}/demo/oauth/authorize?`));
    expect(authorize).toHaveLength(1);
    expect(authorize[0]).not.toContain('code_challenge');
    await app.stop();
  });
}
