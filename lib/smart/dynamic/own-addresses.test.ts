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
    { logo: 'http://localhost:9000/l.svg', redirectUris: ['http://localhost:9000/cb'] },
    { pages: { client_uri: 'https://app.example', tos_uri: undefined } },
    { pages: { client_uri: bank }, redirectUris: [] },
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
    [{ logo: `${bank}/l.svg`, redirectUris: [`${bank}/cb`, 'example.app:/cb'] }, /^logo_uri/],
    [{ logo: `${bank}/l.svg`, redirectUris: [`${bank}/cb`, 'http://localhost:9000/cb'] }, /^logo_uri/],
    [{ logo: `${bank}/l.svg`, redirectUris: [`${bank}/cb`, 'http://127.0.0.1/cb'] }, /^logo_uri/],
    [{ pages: { client_uri: bank }, redirectUris: [`${bank}/cb`, 'example.app:/cb'] }, /^client_uri/],
    [{ pages: { client_uri: bank }, redirectUris: ['example.app:/cb'] }, /^client_uri/],
    [{ pages: { tos_uri: bank }, redirectUris: [`${bank}/cb`, 'http://[::1]:9000/cb'] }, /^tos_uri/],
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
    [{ redirectUris: ['https://ehr.example./'] }, /^redirect_uris/],
  ])('are nobody’s: %j', (given, reason) => expect(refusal(given)).toMatch(reason));

  it('are no others', () => {
    expect(refusal({ redirectUris: ['https://ehr.example.org/', 'https://app.ehr.example/'] })).toBeUndefined();
    expect(refusal({ redirectUris: ['example.app:/cb'], logo: 'http://ehr.example:8080/l.svg' })).toBeUndefined();
  });

  const loopbackNames =
    'localhost LOCALHOST localhost. ehr.localhost 127.0.0.1 127.0.0.1. 127.1 2130706433 0x7f.1 0177.0.0.1 127.0.0.2 ' +
    '0.0.0.0 0 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:0.0.0.0] [::127.0.0.1]';
  const atLoopback = ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'];
  it.each(loopbackNames.split(' '))('are at %s too when they are at this computer, at the same port', (name) => {
    const at = (port: number) => named({ redirectUris: [`http://${name}:${port}/samples/x/`] });
    for (const origin of atLoopback) {
      expect(refuseOurAddresses(at(3000), [origin]), origin).toMatch(/^redirect_uris/);
      expect(refuseOurAddresses(at(9000), [origin]), origin).toBeUndefined();
    }
    expect(refuseOurAddresses(at(3000), ['http://ehr.example:3000'])).toBeUndefined();
  });

  it.each(['localhost.example', 'notlocalhost', '128.0.0.1', '10.127.0.0.1.example', '[::2]', '[::ffff:10.0.0.1]'])(
    'are not at %s',
    (name) => {
      const given = named({ redirectUris: [`https://${name}:3000/`] });
      for (const origin of atLoopback) expect(refuseOurAddresses(given, [origin])).toBeUndefined();
    },
  );
});
