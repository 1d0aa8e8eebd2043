import { expect, it } from 'vitest';
import { type AccessRegistration, lostAccess } from './lost-access.ts';

const app: AccessRegistration = {
  enabled: true,
  type: 'public',
  scope: 'launch openid patient/*.rs',
  jwksUri: null,
  jwks: null,
  clientSecretHash: null,
};
const confidential: AccessRegistration = { ...app, type: 'secret', clientSecretHash: 'hash' };
const withKeys: AccessRegistration = { ...app, type: 'jwks', jwks: { keys: [{ kty: 'EC', kid: 'one' }] } };
const elsewhere: AccessRegistration = { ...app, type: 'jwks_uri', jwksUri: 'https://app.example/jwks' };

it.each<[string, AccessRegistration, Partial<AccessRegistration>, ReturnType<typeof lostAccess>]>([
  ['nothing', app, {}, undefined],
  ['the same keys', withKeys, { jwks: { keys: [{ kid: 'one', kty: 'EC' }] } }, undefined],
  ['enabling', { ...app, enabled: false }, { enabled: true }, undefined],
  ['disabling', app, { enabled: false }, 'everything'],
  ['disabling, with all else', confidential, { enabled: false, type: 'public', scope: '' }, 'everything'],
  ['becoming confidential', app, { type: 'secret', clientSecretHash: 'hash' }, 'grants'],
  ['becoming public', confidential, { type: 'public', clientSecretHash: null }, 'grants'],
  ['keys instead of a secret', confidential, { ...withKeys, clientSecretHash: null }, 'grants'],
  ['a new secret', confidential, { clientSecretHash: 'other' }, 'tokens'],
  ['a new key', withKeys, { jwks: { keys: [{ kty: 'EC', kid: 'two' }] } }, 'tokens'],
  ['another address of its keys', elsewhere, { jwksUri: 'https://evil.example/jwks' }, 'tokens'],
  ['a scope less', app, { scope: 'launch patient/*.rs' }, 'tokens'],
  ['a narrower scope', app, { scope: 'launch openid patient/*.r' }, 'tokens'],
  ['a scope more, in another order', app, { scope: 'patient/*.cruds openid launch fhirUser' }, undefined],
  ['the same in the words of v1', app, { scope: 'launch openid patient/*.read' }, undefined],
])('%s takes away what it should', (_, before, change, lost) => {
  expect(lostAccess(before, { ...before, ...change })).toBe(lost);
});
