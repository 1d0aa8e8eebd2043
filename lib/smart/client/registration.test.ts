import { describe, expect, it } from 'vitest';
import { clientRegistration } from './registration.ts';

const origin = 'http://ehr.example.org';
const schema = clientRegistration({ origin });
const n = 'x'.repeat(342);
const rsa = { kty: 'RSA', kid: 'a', n, e: 'AQAB' };
const ec = { kty: 'EC', kid: 'b', crv: 'P-384', x: 'abc', y: 'def' };

const app = {
  name: 'Growth chart',
  redirectUris: ['https://app.example.org/callback'],
  scope: 'launch openid fhirUser patient/*.rs',
  type: 'public',
};

/** The issues of a registration as `field: message`. */
function issues(change: Record<string, unknown>): string[] {
  const parsed = schema.safeParse({ ...app, ...change });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

it('fills in what a registration leaves out', () => {
  expect(schema.parse(app)).toEqual({
    ...app,
    description: '',
    origins: [],
    requirePkce: true,
    needs: 'patient',
    launchDefaults: {},
    trusted: false,
    enabled: true,
    frameFeatures: [],
  });
});

describe('addresses', () => {
  it.each([
    'https://app.example.org/callback',
    'https://app.example.org/callback?tenant=1',
    'http://localhost:8080/',
    'http://127.0.0.1/cb',
    'http://[::1]:9/cb',
    'http://ehr.example.org/samples/app',
    'org.example.app:/callback',
    'org.example.app://callback',
  ])('lets an app redirect to %s', (uri) => {
    expect(issues({ redirectUris: [uri], launchUri: uri })).toEqual([]);
  });

  it.each([
    ['', 'absolute'],
    ['callback', 'absolute'],
    ['//evil.example.org/x', 'absolute'],
    ['https://app.example.org/#x', 'fragment'],
    ['https://app.example.org/#', 'fragment'],
    ['http://app.example.org/', 'https'],
    ['http://ehr.example.org.evil.example/', 'https'],
    ['http://localhost.evil.example/', 'https'],
    ['http://10.0.0.1/', 'https'],
    ['https:app.example.org', 'slashes'],
    ['https:/app.example.org', 'slashes'],
    ['https://u:p@app.example.org/', 'password'],
    ['https://*.example.org/', 'wildcard'],
    ['https://app.example.org/ x', 'spaces'],
    ['https://app.example.org/\n', 'spaces'],
    ['https:\\\\app.example.org', 'backslashes'],
    ['javascript:alert(1)', 'dot'],
    ['JavaScript:alert(1)', 'dot'],
    ['data:text/html,x', 'dot'],
    ['myapp://callback', 'dot'],
    [`https://app.example.org/${'x'.repeat(2000)}`, 'longer'],
  ])('refuses %j', (uri, reason) => {
    expect(issues({ redirectUris: [uri] })).toEqual([expect.stringMatching(`^redirectUris\\.0: .*${reason}`)]);
    expect(issues({ launchUri: uri })).toEqual([expect.stringMatching(`^launchUri: .*${reason}`)]);
  });

  it('compares redirect URIs as they are written', () => {
    expect(issues({ redirectUris: ['https://a.example.org/x', 'https://a.example.org/x'] })).toHaveLength(1);
    expect(issues({ redirectUris: ['https://a.example.org/x', 'https://a.example.org/x/'] })).toEqual([]);
  });

  it.each(['/logos/app.svg', 'https://app.example.org/logo.png'])('takes %s for a logo', (logoUri) => {
    expect(issues({ logoUri })).toEqual([]);
  });

  it.each([
    '//evil.example.org/x.png',
    'data:image/png;base64,AA',
    'javascript:alert(1)',
    'org.example.app:/logo',
    'x',
  ])('refuses %s for a logo', (logoUri) => {
    expect(issues({ logoUri })).toHaveLength(1);
  });
});

describe('scopes', () => {
  it('keeps each once, separated by one space', () => {
    expect(schema.parse({ ...app, scope: '  launch\n patient/*.rs  launch ' }).scope).toBe('launch patient/*.rs');
  });

  it('names the ones it does not know', () => {
    expect(issues({ scope: 'launch patient/x.rs openID launch:123' })).toEqual([
      'scope: These are not scopes that this server knows: patient/x.rs, openID, launch:123',
    ]);
  });

  it('wants at least one', () => {
    expect(issues({ scope: ' ' })).toEqual(['scope: Choose at least one scope.']);
  });

  it('gives system scopes to clients that can prove who they are', () => {
    expect(issues({ scope: 'system/*.rs' })).toEqual([expect.stringMatching('^scope: A public client')]);
    expect(issues({ scope: 'system/*.rs', type: 'jwks', jwks: { keys: [rsa] }, redirectUris: [] })).toEqual([]);
  });

  it('gives no system scopes to clients with a secret: backend services have keys [SMART 344]', () => {
    const issuesOf = (scope: string) => issues({ scope, type: 'secret', redirectUris: ['https://app.example.org/'] });
    expect(issuesOf('system/*.rs')).toEqual([expect.stringMatching('^scope: A client with a secret')]);
    expect(issuesOf('launch user/*.rs system/Patient.r')).toEqual([expect.stringMatching('^scope: A client with a s')]);
    expect(issuesOf('launch user/*.rs')).toEqual([]);
  });

  it('asks everyone but backend services for a redirect URI', () => {
    const keys = { type: 'jwks', jwks: { keys: [rsa] } };
    const reason = [expect.stringMatching('^redirectUris: Give at least one')];
    expect(issues({ redirectUris: [] })).toEqual(reason);
    expect(issues({ redirectUris: [], ...keys, scope: 'system/*.rs user/*.rs' })).toEqual(reason);
    expect(issues({ redirectUris: [], ...keys, scope: 'system/*.rs', launchUri: origin })).toEqual(reason);
    expect(issues({ redirectUris: [], ...keys, scope: 'system/*.rs smart/orchestrate_launch' })).toEqual([]);
  });
});

describe('keys', () => {
  const byValue = (jwks: unknown) => issues({ type: 'jwks', jwks });

  it('takes public RSA and EC keys', () => {
    expect(byValue({ keys: [rsa, ec] })).toEqual([]);
  });

  it.each([
    [undefined, 'jwks: Give the app’s JWKS.'],
    [{ keys: [] }, 'jwks.keys: must hold at least one public key'],
    [{ keys: [{ ...rsa, d: 'x' }] }, 'jwks.keys.0: holds a private key'],
    [{ keys: [{ ...ec, d: 'x' }] }, 'jwks.keys.0: holds a private key'],
    [{ keys: [{ ...rsa, kid: '' }] }, 'jwks.keys.0.kid: must not be empty'],
    [{ keys: [{ kty: 'RSA', n, e: 'AQAB' }] }, 'jwks.keys.0.kid: '],
    [{ keys: [rsa, { ...ec, kid: 'a' }] }, 'jwks.keys: must not use a kid twice'],
    [{ keys: [{ ...rsa, n: 'short' }] }, 'jwks.keys.0.n: must have at least 2048 bits'],
    [{ keys: [{ kty: 'oct', kid: 'a', k: 'secret' }] }, 'jwks.keys.0.kty: must have "kty" RSA or EC'],
    [{ keys: [null] }, 'jwks.keys.0: must have "kty" RSA or EC'],
    [{ keys: [1] }, 'jwks.keys.0: must have "kty" RSA or EC'],
    [{ keys: ['x', rsa] }, 'jwks.keys.0: must have "kty" RSA or EC'],
    [rsa, 'jwks.keys: '],
    ['{}', 'jwks: '],
    [null, 'jwks: '],
  ])('refuses %j', (jwks, reason) => {
    expect(byValue(jwks).some((issue) => issue.startsWith(reason))).toBe(true);
  });

  it('wants the field of the client type, and only that', () => {
    const jwksUri = 'https://app.example.org/jwks.json';
    expect(issues({ type: 'jwks_uri', jwksUri })).toEqual([]);
    expect(issues({ type: 'jwks_uri' })).toEqual([expect.stringMatching('^jwksUri: Give')]);
    expect(issues({ type: 'jwks_uri', jwksUri: 'http://app.example.org/' })).toHaveLength(1);
    expect(issues({ type: 'secret', jwksUri })).toEqual([expect.stringMatching('^jwksUri: is only for')]);
    expect(issues({ type: 'public', jwks: { keys: [rsa] } })).toEqual([expect.stringMatching('^jwks: is only for')]);
  });
});

describe('names and ids', () => {
  it.each(['growth_chart', 'a', 'A.b-c~1', 'x'.repeat(100)])('takes %s for a client id', (clientId) => {
    expect(issues({ clientId })).toEqual([]);
  });

  it.each(['', '.', '..', 'a b', 'a/b', 'a:b', 'é', '-a', 'a\n', 'x'.repeat(101)])('refuses the id %j', (clientId) => {
    expect(issues({ clientId })).toHaveLength(1);
  });

  it.each(['', '   ', 'x'.repeat(101), 'two\nlines'])('refuses the name %j', (name) => {
    expect(issues({ name })).toHaveLength(1);
  });

  it('refuses what it does not understand', () => {
    expect(issues({ redirect_uris: [] })).toHaveLength(1);
    expect(issues({ type: 'confidential' })).toHaveLength(1);
    expect(issues({ needs: 'practitioner' })).toHaveLength(1);
    expect(schema.safeParse(null).success).toBe(false);
    expect(schema.safeParse('x').success).toBe(false);
  });

  it('reports the issues of several fields at once', () => {
    expect(issues({ name: '', scope: '', redirectUris: [], type: 'jwks' })).toHaveLength(4);
  });
});

describe('origins', () => {
  it.each([
    'https://app.example.org',
    'https://app.example.org:8443',
    'http://localhost:3000',
    'http://ehr.example.org',
  ])('takes %s', (own) => expect(issues({ origins: [own] })).toEqual([]));

  it.each([
    ['https://app.example.org/', 'without a path: https://app\\.example\\.org'],
    ['https://app.example.org/app', 'without a path'],
    ['https://app.example.org:443', 'without a path: https://app\\.example\\.org$'],
    ['https://App.example.org', 'https://app\\.example\\.org'],
    ['http://app.example.org', 'https'],
    ['https://*.example.org', 'wildcard'],
    ['*', 'absolute'],
    ['null', 'absolute'],
    ['/samples', 'must be an origin'],
    ['org.example.app://callback', 'https://'],
  ])('refuses %s', (own, reason) => {
    expect(issues({ origins: [own] })).toEqual([expect.stringMatching(`^origins\\.0: .*${reason}`)]);
  });
});

describe('lifetimes', () => {
  it.each([60, 3600, 86_400])('lets access tokens live %i seconds', (seconds) => {
    expect(issues({ accessTokenLifetime: seconds })).toEqual([]);
  });

  it.each([0, -1, 59, 86_401, 90.5, Number.NaN, Number.POSITIVE_INFINITY, '3600'])('refuses %s', (seconds) => {
    expect(issues({ accessTokenLifetime: seconds })).toEqual([
      'accessTokenLifetime: must be a whole number of seconds from 60 to 86400',
    ]);
  });

  it('lets refresh tokens live five minutes to a year', () => {
    expect([300, 31_536_000].flatMap((seconds) => issues({ refreshTokenLifetime: seconds }))).toEqual([]);
    expect([299, 31_536_001].flatMap((seconds) => issues({ refreshTokenLifetime: seconds }))).toHaveLength(2);
  });
});

it.each([
  [{ description: 'NUL \0' }, 'description'],
  [{ description: 'half \ud800' }, 'description'],
  [{ name: 'half \ud800' }, 'name'],
  [{ logoUri: '/logo\0.svg' }, 'logoUri'],
  [{ logoUri: '/logo\ud800.svg' }, 'logoUri'],
  [{ redirectUris: ['https://app.example.org/\ud800'] }, 'redirectUris'],
])('takes nothing that the database cannot hold: %j', (change, field) => {
  expect(issues(change)).toEqual([expect.stringMatching(`^${field}`)]);
});
