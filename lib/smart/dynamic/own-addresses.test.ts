import { describe, expect, it } from 'vitest';
import { type NamedAddresses, refuseForeignAddresses, refuseOurAddresses } from './own-addresses.ts';

const app = 'https://app.example/cb';
const bank = 'https://bank.example';
const named = (given: Partial<NamedAddresses>): NamedAddresses => ({
  redirectUris: [app],
  logo: undefined,
  pages: {},
  others: {},
  ...given,
});

describe('a logo and pages', () => {
  it.each<Partial<NamedAddresses>>([
    {},
    { logo: 'https://app.example/l.svg' },
    { logo: 'https://APP.example:443/l.svg', redirectUris: [app, 'https://app.example/other'] },
    { logo: 'https://app.example/l.svg', redirectUris: [app, 'http://localhost:9000/cb', 'example.app:/cb'] },
    { logo: 'http://localhost:9000/l.svg', redirectUris: ['http://localhost:9000/cb'] },
    { pages: { client_uri: 'https://app.example', tos_uri: undefined } },
    { pages: { client_uri: bank }, redirectUris: ['example.app:/cb'] },
    { others: { jwks_uri: `${bank}/keys` } },
  ])('may be %j', (given) => expect(refuseForeignAddresses(named(given))).toBeUndefined());

  it.each<[Partial<NamedAddresses>, RegExp]>([
    [{ logo: `${bank}/l.svg` }, /^logo_uri must be at the host of each/],
    [{ logo: `${bank}/l.svg`, redirectUris: [app, `${bank}/cb`] }, /^logo_uri/],
    [{ logo: 'https://app.example/l.svg', redirectUris: [app, `${bank}/cb`] }, /^logo_uri/],
    [{ logo: 'https://app.example:8443/l.svg' }, /^logo_uri/],
    [{ logo: `${bank}/l.svg`, redirectUris: ['http://localhost:9000/cb', app] }, /^logo_uri/],
    [{ logo: 'http://localhost:9000/l.svg', redirectUris: ['http://localhost:9000/cb', app] }, /^logo_uri/],
    [{ logo: `${bank}/l.svg`, redirectUris: ['example.app:/cb'] }, /^logo_uri/],
    [{ logo: `${bank}/l.svg`, redirectUris: [] }, /^logo_uri/],
    [{ pages: { client_uri: bank } }, /^client_uri must be at the host/],
    [{ pages: { policy_uri: `${bank}/p` } }, /^policy_uri/],
    [{ pages: { client_uri: 'https://app.example', tos_uri: `${bank}/t` } }, /^tos_uri/],
  ])('are refused as %j', (given, reason) => expect(refuseForeignAddresses(named(given))).toMatch(reason));
});

describe('our own origins', () => {
  const ours = ['https://ehr.example', 'http://samples.ehr.example:8080'];
  const refusal = (given: Partial<NamedAddresses>) => refuseOurAddresses(named(given), ours);

  it.each<[Partial<NamedAddresses>, RegExp]>([
    [{ redirectUris: [app, 'https://ehr.example/samples/x/'] }, /^redirect_uris must not be at this server/],
    [{ redirectUris: ['http://ehr.example/'] }, /^redirect_uris/],
    [{ redirectUris: ['https://EHR.example:443/'] }, /^redirect_uris/],
    [{ logo: 'https://ehr.example/brand.svg' }, /^logo_uri/],
    [{ redirectUris: ['http://samples.ehr.example:8080/'] }, /^redirect_uris/],
    [{ pages: { client_uri: 'https://ehr.example' } }, /^client_uri/],
    [{ others: { launch_uri: 'https://ehr.example/samples/x/launch' } }, /^launch_uri/],
    [{ others: { jwks_uri: 'https://ehr.example/demo/oauth/jwks' } }, /^jwks_uri/],
  ])('are nobody’s: %j', (given, reason) => expect(refusal(given)).toMatch(reason));

  it('are no others', () => {
    expect(refusal({ redirectUris: ['https://ehr.example.org/', 'https://app.ehr.example/'] })).toBeUndefined();
    expect(refusal({ redirectUris: ['example.app:/cb'], logo: 'http://ehr.example:8080/l.svg' })).toBeUndefined();
  });
});
