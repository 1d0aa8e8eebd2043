import { expect, it } from 'vitest';
import { registrationForm } from './registration-form.ts';
import { toTyped } from './typed-registration.ts';

const schema = registrationForm({ origin: 'http://localhost:3000' });
const typed = {
  name: ' Growth chart ',
  redirectUris: ' https://a.example.org/cb \r\n\r\nhttp://localhost:9000/',
  scopes: ['launch', 'openid'],
  otherScopes: 'patient/Observation.rs\nopenid',
  type: 'public',
  needs: 'encounter',
  enabled: true,
};

function issues(change: Record<string, unknown>): Record<string, string> {
  const { error } = schema.safeParse({ ...typed, ...change });
  return Object.fromEntries(error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? []);
}

it('makes a registration of what was typed', () => {
  expect(schema.parse(typed)).toEqual({
    name: 'Growth chart',
    description: '',
    redirectUris: ['https://a.example.org/cb', 'http://localhost:9000/'],
    origins: [],
    scope: 'launch openid patient/Observation.rs',
    type: 'public',
    needs: 'encounter',
    requirePkce: false,
    launchDefaults: {},
    trusted: false,
    enabled: true,
    frameFeatures: [],
  });
});

it('says which line, which key and which scope is wrong, in sentences', () => {
  expect(issues({ redirectUris: 'https://a.example.org/\nhttp://b.example.org/' }).redirectUris).toMatch(
    /^http:\/\/b\.example\.org\/ must use https;/,
  );
  expect(issues({ type: 'jwks', jwks: '{"keys":[{"kty":"EC","kid":"a","crv":"P-384","x":"a","y":"*"}]}' })).toEqual({
    jwks: 'The JWKS, at keys[0].y, must be base64url.',
  });
  expect(issues({ otherScopes: 'nonsense' }).otherScopes).toMatch(/nonsense/);
  expect(issues({ launchUri: 'x' }).launchUri).toMatch(/^The launch URI must be an absolute address/);
});

it('explains keys that are not JSON, together with the other issues', () => {
  const found = issues({ type: 'jwks', jwks: '{keys', name: '' });
  expect(found.jwks).toMatch(/^The JWKS is not JSON: /);
  expect(found.name).toBe('Give the app a name.');
});

it('ignores what was typed for another client type', () => {
  expect(schema.parse({ ...typed, jwks: '{keys', jwksUri: 'nonsense' })).toEqual(schema.parse(typed));
});

it('finds every missing field of an empty form', () => {
  expect(Object.keys(issues(Object.fromEntries(Object.keys(typed).map((key) => [key, undefined])))).sort()).toEqual([
    'name',
    'otherScopes',
    'redirectUris',
    'type',
  ]);
});

it('shows a registration so that sending it unchanged changes nothing', () => {
  const keys = { keys: [{ kty: 'EC' as const, kid: 'a', crv: 'P-384', x: 'a', y: 'b' }] };
  const registration = schema.parse({ ...typed, type: 'jwks', jwks: JSON.stringify(keys), trusted: true });
  const shown = toTyped(registration, ['launch', 'openid', 'fhirUser']);
  expect(shown.scopes).toEqual(['launch', 'openid']);
  expect(shown.otherScopes).toBe('patient/Observation.rs');
  expect(schema.parse(shown)).toEqual(registration);
});

it('reads origins line by line and lifetimes in seconds, and says which is wrong', () => {
  const settings = { origins: ' https://b.example.org \n', accessTokenLifetime: ' 600 ', refreshTokenLifetime: '' };
  const registration = schema.parse({ ...typed, ...settings });
  expect(registration).toMatchObject({ origins: ['https://b.example.org'], accessTokenLifetime: 600 });
  expect(registration.refreshTokenLifetime).toBeUndefined();
  expect(schema.parse(toTyped(registration, []))).toEqual(registration);
  expect(issues({ origins: 'https://b.example.org/\n', accessTokenLifetime: '1h', refreshTokenLifetime: '1' })).toEqual(
    {
      origins: 'https://b.example.org/ must be an origin, without a path: https://b.example.org.',
      accessTokenLifetime: 'The lifetime of access tokens must be a whole number of seconds from 60 to 86400.',
      refreshTokenLifetime: 'The lifetime of refresh tokens must be a whole number of seconds from 300 to 31536000.',
    },
  );
});

it('reads what every launch says, and explains what cannot be said', () => {
  const registration = schema.parse({ ...typed, launchDefaults: '{"intent":"review","need_patient_banner":false}' });
  expect(registration.launchDefaults).toEqual({ intent: 'review', need_patient_banner: false });
  expect(schema.parse(toTyped(registration, []))).toEqual(registration);
  expect(issues({ launchDefaults: '{intent' }).launchDefaults).toMatch(/^What every launch says is not JSON: /);
  expect(issues({ launchDefaults: '["a"]' }).launchDefaults).toBeDefined();
  expect(issues({ launchDefaults: '{"patient":"p1"}' }).launchDefaults).toMatch(/patient/);
  expect(issues({ launchDefaults: '{"access_token":"x"}' }).launchDefaults).toMatch(/access_token/);
});
