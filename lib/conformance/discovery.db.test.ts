import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { post } from '#lib/authorization-server/tests/browser.ts';
import type { SandboxFixture } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { env, fhirBaseOf, issuerOf } from '#lib/env.ts';
import { smartConfiguration, smartEndpoints } from '#lib/smart/sandbox/capabilities.ts';
import { answer, askFhir, fetchHere, launchedTokens, makeHospital } from './servers.ts';

let sandbox: SandboxFixture;
let configuration: Record<string, string | string[]>;

const wellKnown = '/.well-known/smart-configuration';

beforeAll(async () => {
  sandbox = await makeHospital();
  configuration = await (await askFhir(sandbox, wellKnown)).json();
});

const capabilities = () => configuration.capabilities as string[];

describe('the SMART configuration', () => {
  it.each(['application/json', 'application/fhir+json', 'application/fhir+xml', 'text/html', 'image/png', undefined])(
    'is JSON for whoever accepts %s [SMART 30 372 374 377 380]',
    async (accept) => {
      const url = `${fhirBaseOf(sandbox.slug)}${wellKnown}`;
      const response = await answer(new Request(url, accept ? { headers: { accept } } : {}));
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.json()).toEqual(configuration);
    },
  );

  it('may be read by scripts of every origin, as the CapabilityStatement may [SMART 16]', async () => {
    for (const path of [wellKnown, '/metadata']) {
      const response = await askFhir(sandbox, path, undefined, { headers: { origin: 'https://any.example' } });
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  it('names the endpoints of this issuer, all by absolute URL [SMART 373 378 381 382 383 385]', () => {
    const issuer = issuerOf(sandbox.slug);
    expect(configuration).toMatchObject({
      issuer,
      jwks_uri: `${issuer}/oauth/jwks`,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
    });
    const urls = Object.entries(configuration).filter(([name]) => /_(endpoint|uri|bundle)$|^issuer$/.test(name));
    for (const [name, url] of urls) expect(String(url), name).toMatch(new RegExp(`^${env().origin}/`));
  });

  it('names endpoints that answer [SMART 373 382]', async () => {
    for (const name of ['jwks_uri', 'authorization_endpoint', 'token_endpoint', 'introspection_endpoint']) {
      const response = await fetchHere(String(configuration[name]));
      expect([200, 400, 404, 405].includes(response.status), `${name}: ${response.status}`).toBe(true);
    }
    const { keys } = await (await fetchHere(String(configuration.jwks_uri))).json();
    expect(keys.length).toBeGreaterThan(0);
  });

  it('leads to the issuer and the keys of id_tokens [SMART 207 210 358 381 382]', async () => {
    const tokens = await launchedTokens(sandbox, 'launch openid fhirUser');
    const keySet = createRemoteJWKSet(new URL(String(configuration.jwks_uri)), { [customFetch]: fetchHere });
    const options = { issuer: String(configuration.issuer), audience: tokens.clientId, algorithms: ['RS256'] };
    const { payload, protectedHeader } = await jwtVerify(tokens.id_token, keySet, options);
    expect(payload.nonce).toBe('the nonce');
    const { keys } = await (await fetchHere(String(configuration.jwks_uri))).json();
    const key = keys.find(({ kid }: { kid: string }) => kid === protectedHeader.kid);
    expect(key).toMatchObject({ kty: 'RSA', n: expect.any(String), e: 'AQAB' });
    for (const member of ['d', 'p', 'q', 'x5c', 'x5u']) expect(key).not.toHaveProperty(member);
  });

  it('lists what the server can do [SMART 373 384 393 394]', () => {
    expect(configuration.grant_types_supported).toEqual(
      expect.arrayContaining(['authorization_code', 'client_credentials']),
    );
    expect(configuration.code_challenge_methods_supported).toEqual(['S256']);
    expect(capabilities().length).toBeGreaterThan(10);
    expect(capabilities().every((capability) => /^[a-z0-9-]+$/.test(capability))).toBe(true);
  });

  it('tells clients with keys what they need [SMART 228 285 286 287 288 289]', () => {
    expect(capabilities()).toContain('client-confidential-asymmetric');
    expect(configuration.token_endpoint).toBe(`${issuerOf(sandbox.slug)}/oauth/token`);
    expect(configuration.scopes_supported).toEqual(
      expect.arrayContaining(['openid', 'patient/*.cruds', 'system/*.rs']),
    );
    expect(configuration.token_endpoint_auth_methods_supported).toContain('private_key_jwt');
    expect(configuration.token_endpoint_auth_signing_alg_values_supported).toEqual(
      expect.arrayContaining(['RS384', 'ES384']),
    );
  });

  it('has none but https addresses under an https origin [SMART 231]', () => {
    const document = smartConfiguration(smartEndpoints('https://ehr.example/demo'));
    const urls = JSON.stringify(document).match(/https?:[^"]+/g) ?? [];
    expect(urls.length).toBeGreaterThan(7);
    expect(urls.filter((url) => !url.startsWith('https://ehr.example/demo'))).toEqual([]);
  });
});

describe('the capabilities', () => {
  const clients = ['client-public', 'client-confidential-symmetric'];

  it.each([
    [
      'patients of apps that start by themselves [SMART 348]',
      ['launch-standalone', 'context-standalone-patient', 'permission-patient'],
    ],
    [
      'patients of apps that a portal launches [SMART 349]',
      ['launch-ehr', 'context-ehr-patient', 'permission-patient'],
    ],
    [
      'clinicians of apps that start by themselves [SMART 350]',
      ['launch-standalone', 'permission-user', 'permission-patient'],
    ],
    [
      'clinicians of apps that the EHR launches [SMART 351]',
      ['launch-ehr', 'context-ehr-patient', 'context-ehr-encounter', 'permission-user', 'permission-patient'],
    ],
  ])('include all for %s', (_, needed) => {
    expect(capabilities()).toEqual(expect.arrayContaining([...needed, ...clients]));
  });

  it('do not include app state, which is not served [SMART 371]', async () => {
    expect(capabilities()).not.toContain('smart-app-state');
    expect(configuration).not.toHaveProperty('smart_app_state_endpoint');
    expect(configuration).not.toHaveProperty('associated_endpoints');
  });
});

describe('without a token', () => {
  it('discovery answers and everything else at the FHIR server is closed [SMART 247]', async () => {
    for (const path of [wellKnown, '/metadata']) expect((await askFhir(sandbox, path)).status, path).toBe(200);
    const closed = [
      '/Patient',
      '/Patient/baby',
      '/Observation?patient=baby',
      '/Patient/$everything',
      '/_history',
      '/Nothing/1',
      '',
    ];
    for (const path of closed) {
      const response = await askFhir(sandbox, path);
      expect(response.status, path).toBe(401);
      expect(response.headers.get('www-authenticate'), path).toMatch(/^Bearer/);
    }
  });
});

describe('introspection', () => {
  const ask = async (token: string, clientId: string) => post(sandbox, 'introspect', { token, client_id: clientId });

  it('answers 200 for tokens good and bad, with active as a boolean [SMART 271 272]', async () => {
    const { access_token: token, clientId } = await launchedTokens(sandbox, 'launch patient/*.rs');
    const good = await ask(token, clientId);
    expect([good.status, (await good.json()).active]).toEqual([200, true]);
    const bad = await ask('no token', clientId);
    expect([bad.status, await bad.json()]).toEqual([200, { active: false }]);
    expect(good.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('agrees with the token response [SMART 273 274 275 276 278 279]', async () => {
    const tokens = await launchedTokens(sandbox, 'launch openid fhirUser patient/*.rs');
    const introspection = await (await ask(tokens.access_token, tokens.clientId)).json();
    expect(introspection).toMatchObject({ scope: tokens.scope, client_id: tokens.clientId, iss: configuration.issuer });
    expect(introspection.sub).toBe(sandbox.users.chen);
    expect(Number.isInteger(introspection.exp)).toBe(true);
    expect(introspection.exp - introspection.iat).toBe(tokens.expires_in);
  });
});
