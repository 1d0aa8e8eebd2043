import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { env } from '#lib/env.ts';
import { post } from './browser.ts';
import { askToken, makeKey, makeService, publishKeys, sign } from './key-client.ts';
import { makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

// Set before anything reads it: the server runs at a public origin.
vi.hoisted(() => {
  process.env.PUBLIC_URL = 'https://ehr.example';
});

let sandbox: SandboxFixture;
let app: Awaited<ReturnType<typeof publishKeys>>;
const key = await makeKey();

beforeAll(async () => {
  sandbox = await makeSandbox();
  app = await publishKeys([key]);
});
afterAll(() => app.close());

it('runs as a public server', () => expect(env().origin).toBe('https://ehr.example'));

it.each([
  'http://127.0.0.1:PORT/jwks',
  'https://127.0.0.1:PORT/jwks',
  'https://localhost:PORT/jwks',
  'https://[::1]:PORT/jwks',
  'https://[::ffff:7f00:1]:PORT/jwks',
  'https://2130706433:PORT/jwks',
  'https://10.0.0.8/jwks',
  'https://169.254.169.254/latest/meta-data/',
  'https://[fd00::1]/jwks',
])('a JWKS URL %s is not followed into the host', async (address) => {
  const url = address.replace('PORT', new URL(app.url).port);
  const clientId = await makeService(sandbox, { url });
  const response = await post(sandbox, 'token', askToken(await sign(sandbox, clientId, key)));
  const body = await response.json();
  expect([response.status, body.error]).toEqual([401, 'invalid_client']);
  expect(body.error_description).toMatch(
    /JWKS URL.*(does not lead to a host on the public internet|does not use https)/,
  );
  expect(app.asked).toEqual([]);
});
