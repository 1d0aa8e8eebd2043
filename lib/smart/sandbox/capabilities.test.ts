import { describe, expect, it } from 'vitest';
import { oauthUris, smartConfiguration, smartEndpoints } from './capabilities.ts';

const endpoints = smartEndpoints('https://ehr.example/demo');
const twins = [
  ['authorize', 'authorization_endpoint'],
  ['token', 'token_endpoint'],
  ['introspect', 'introspection_endpoint'],
  ['manage', 'management_endpoint'],
  ['register', 'registration_endpoint'],
  ['revoke', 'revocation_endpoint'],
  ['launch-registration', 'launch_registration_endpoint'],
] as const;

describe('discovery', () => {
  const more = { register: 'https://ehr.example/demo/oauth/register', manage: 'https://ehr.example/demo/apps' };
  it.each([
    ['as built', endpoints],
    ['with all endpoints', { ...endpoints, ...more }],
    ['without a launch service', { ...endpoints, launchRegistration: undefined } as unknown as typeof endpoints],
  ])('names every endpoint in both documents or in neither, %s', (_, given) => {
    const uris = new Map(oauthUris(given).extension.map(({ url, valueUri }) => [url, valueUri]));
    const configuration = smartConfiguration(given);
    for (const [uri, twin] of twins) expect(uris.get(uri), uri).toBe(configuration[twin]);
    expect(uris.get('authorize')).toBe('https://ehr.example/demo/oauth/authorize');
    expect(uris.get('manage')).toMatch(/^https:/);
  });

  it('offers PKCE with S256 and never plain, and scopes in the v2 form', () => {
    const configuration = smartConfiguration(endpoints);
    expect(configuration.code_challenge_methods_supported).toEqual(['S256']);
    expect(configuration.scopes_supported).toContain('patient/*.cruds');
    expect(configuration.token_endpoint_auth_signing_alg_values_supported).toEqual(
      expect.arrayContaining(['RS384', 'ES384']),
    );
  });
});
