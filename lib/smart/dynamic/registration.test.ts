import { describe, expect, it } from 'vitest';
import { memberOf } from '../client/client-members.ts';
import { describedPages } from '../client/description.ts';
import { clientInformation } from '../client/information.ts';
import { fieldEntry, fieldNames } from '../client/registration-fields.ts';
import { copiedAddresses, type DynamicRegistration, readDynamicRegistration, usualScope } from './registration.ts';

const origin = 'http://localhost:3000';
const open = { own: { origin }, vouched: false, maySystem: false };
const vouched = { own: { origin }, vouched: true, maySystem: true };
const app = { redirect_uris: ['https://app.example/cb'], token_endpoint_auth_method: 'none' };
const ec = { kty: 'EC', kid: 'b', crv: 'P-384', x: 'abc', y: 'def' };
const backend = {
  grant_types: ['client_credentials'],
  token_endpoint_auth_method: 'private_key_jwt',
  jwks_uri: 'https://app.example/jwks',
  scope: 'system/*.rs',
};

function read(sent: Record<string, unknown>, policy = open): DynamicRegistration {
  const outcome = readDynamicRegistration(sent, policy);
  if ('refusal' in outcome) throw new Error(outcome.refusal);
  return outcome;
}

function refusal(sent: Record<string, unknown>, policy = open): string | undefined {
  const outcome = readDynamicRegistration(sent, policy);
  return 'refusal' in outcome ? outcome.refusal : undefined;
}

/** The client information that the client would get. */
function informationOf(sent: Record<string, unknown>, policy = open) {
  const { registration, description } = read(sent, policy);
  const createdAt = new Date(1_700_000_000_500);
  return clientInformation({ ...registration, clientId: 'x', metadata: description, createdAt });
}

describe('what a client may ask for', () => {
  it('is dropped in languages, in which it would stand beside what was judged', () => {
    const inGerman = {
      'client_name#de': 'EHR',
      'logo_uri#de': 'https://bank.example/l.svg',
      'client_uri#de': 'https://bank.example',
      'tos_uri#': 'javascript:alert(1)',
      'redirect_uris#de': ['https://bank.example/cb'],
    };
    expect(read({ ...app, ...inGerman })).toEqual(read(app));
  });

  it('is kept, and answered with what follows from it', () => {
    const sent = {
      ...app,
      client_name: ' Growth ',
      scope: 'openid launch patient/*.rs',
      launch_uri: 'https://app.example/launch',
      logo_uri: 'https://app.example/l.svg',
      client_uri: 'https://app.example',
      contacts: ['dev@app.example'],
      policy_uri: 'https://app.example/p',
      tos_uri: 'https://app.example/t',
      software_id: 'growth',
      software_version: '2.1',
    };
    expect(informationOf(sent)).toEqual({
      ...sent,
      client_id: 'x',
      client_id_issued_at: 1_700_000_000,
      client_name: 'Growth',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    });
  });

  it('is never trusted, needs PKCE, and may be launched at once', () => {
    const sent = { ...app, trusted: true, skip_consent: true, requirePkce: false, require_pkce: false, enabled: false };
    expect(read(sent).registration).toMatchObject({ trusted: false, requirePkce: true, enabled: true, origins: [] });
  });

  it('has the defaults of RFC 7591, and scopes to read one patient', () => {
    expect(informationOf({ redirect_uris: app.redirect_uris })).toMatchObject({
      token_endpoint_auth_method: 'client_secret_basic',
      scope: usualScope,
      client_name: 'app.example',
    });
    expect(informationOf({ redirect_uris: ['org.example.app:/cb'] }).client_name).toBe('App without a name');
  });

  it('counts what is null or empty as not said', () => {
    expect(read({ ...app, client_name: '', scope: null, logo_uri: null, jwks: null })).toEqual(read(app));
  });

  it('leaves out scopes that nobody knows, and ignores members that nobody knows', () => {
    const { registration } = read({ ...app, scope: 'openid email patient/x launch:abc patient/*.rs', nonsense: [1] });
    expect(registration.scope).toBe('openid patient/*.rs');
  });

  it('is not confused by names that every object has', () => {
    const sent = JSON.parse(
      '{"redirect_uris":["https://app.example/cb"],"__proto__":{"client_name":"x"},"constructor":1,"toString":2}',
    );
    expect(read(sent)).toEqual(read({ redirect_uris: app.redirect_uris }));
  });

  it.each(['client_secret_basic', 'client_secret_post'])('tells that it sends its secret by %s', (method) => {
    expect(informationOf({ ...app, token_endpoint_auth_method: method }).token_endpoint_auth_method).toBe(method);
  });

  it('is a backend service when somebody vouches for it', () => {
    expect(informationOf(backend, vouched)).toMatchObject({ ...backend, redirect_uris: [], response_types: [] });
    const { registration } = read({ ...backend, jwks_uri: undefined, jwks: { keys: [ec] } }, vouched);
    expect(registration).toMatchObject({ type: 'jwks', jwks: { keys: [ec] } });
  });
});

describe('what is refused', () => {
  it.each([
    [{ ...app, redirect_uris: 'https://app.example/cb' }, /^redirect_uris must be a list/],
    [{ ...app, redirect_uris: [1] }, /^redirect_uris\[0\] must be an address/],
    [{ ...app, redirect_uris: [] }, /^redirect_uris must not be empty/],
    [{ ...app, redirect_uris: undefined }, /^redirect_uris must not be empty/],
    [{ ...app, redirect_uris: ['http://app.example/cb'] }, /^redirect_uris\[0\] must use https/],
    [{ ...app, redirect_uris: ['https://app.example/#x'] }, /^redirect_uris\[0\] must not have a fragment/],
    [{ ...app, redirect_uris: ['https://*.app.example/'] }, /^redirect_uris\[0\] must not contain a wildcard/],
    [{ ...app, redirect_uris: ['javascript:alert(1)'] }, /^redirect_uris\[0\] must use https/],
    [{ ...app, redirect_uris: ['/samples/x/'] }, /^redirect_uris must be an absolute address/],
    [
      { ...app, client_name: '\u0410dmin' },
      /^client_name must not mix scripts, .*U\+0410 \(Cyrillic\) among letters of Latin/,
    ],
    [
      { ...app, redirect_uris: Array.from({ length: 50 }, (_, n) => `https://app.example/${n}`) },
      /^redirect_uris must not be more than 20/,
    ],
    [{ ...app, launch_uri: '/demo/admin' }, /^launch_uri must be an absolute address/],
    [{ ...app, launch_uri: 'http://10.0.0.1/' }, /^launch_uri must use https/],
    [{ ...app, client_name: '👩 – !' }, /^client_name must have a letter or a digit/],
    [{ ...app, redirect_uris: Array.from({ length: 1001 }, () => 1) }, /^redirect_uris has more than 1000 items/],
    [{ ...app, client_name: 'x'.repeat(101) }, /^client_name must not be longer/],
    [{ ...app, client_name: 'a\u0000b' }, /^client_name must not contain U\+0000/],
    [{ ...app, client_name: 'a\nb' }, /^client_name must be one line/],
    [{ ...app, client_name: 'Growth\u202etrahC' }, /^client_name must not contain U\+202E/],
    [{ ...app, client_name: {} }, /^client_name must be a text/],
    [{ ...app, scope: ['openid'] }, /^scope must be scopes/],
    [{ ...app, scope: 'email phone' }, /^scope: Choose at least one/],
    [{ ...app, scope: 'openid smart/orchestrate_launch' }, /^scope must not hold smart\/orchestrate_launch/],
    [{ ...app, scope: 'openid __introspect' }, /^scope must not hold __introspect/],
    [{ ...app, scope: 'x'.repeat(5000) }, /^scope/],
    [{ ...app, grant_types: ['implicit'] }, /^grant_types\[0\] must be authorization_code or/],
    [{ ...app, grant_types: ['password'] }, /^grant_types\[0\]/],
    [{ ...app, response_types: ['token'] }, /^response_types\[0\] must be code/],
    [{ ...app, response_types: [] }, /^response_types must hold code/],
    [{ ...app, grant_types: ['client_credentials'], response_types: ['code'] }, /^response_types/],
    [{ ...app, grant_types: ['authorization_code', 'client_credentials'] }, /^grant_types must hold client_cred/],
    [{ ...app, token_endpoint_auth_method: 'client_secret_jwt' }, /^token_endpoint_auth_method must be one of/],
    [{ ...app, token_endpoint_auth_method: 'private_key_jwt' }, /^jwks_uri or jwks must be there/],
    [
      {
        ...backend,
        jwks: { keys: [ec] },
        scope: 'user/*.rs',
        grant_types: undefined,
        ...app,
        token_endpoint_auth_method: 'private_key_jwt',
      },
      /^jwks and jwks_uri must not both/,
    ],
    [
      { ...app, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ ...ec, d: 'x' }] } },
      /^jwks\.keys\[0\] holds a private key/,
    ],
    [{ ...app, token_endpoint_auth_method: 'private_key_jwt', jwks: 'x' }, /^jwks/],
    [
      { ...app, token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'http://app.example/jwks' },
      /^jwks_uri must use https/,
    ],
    [
      { ...app, logo_uri: 'https://well-known.example/l.svg' },
      /^logo_uri must be at the host of each of redirect_uris/,
    ],
    [
      { redirect_uris: [...app.redirect_uris, 'https://bank.example/cb'], logo_uri: 'https://bank.example/l.svg' },
      /^logo_uri must be at the host of each/,
    ],
    [{ ...app, client_uri: 'https://bank.example' }, /^client_uri must be at the host of each/],
    [{ ...app, redirect_uris: [`${origin}/samples/x/`] }, /^redirect_uris must not be at this server/],
    [{ ...app, logo_uri: '/l.svg' }, /^logo_uri must be an absolute address/],
    [{ ...app, client_uri: 'javascript:alert(1)' }, /^client_uri must start with https/],
    [{ ...app, tos_uri: '/x' }, /^tos_uri must be an absolute address/],
    [{ ...app, contacts: 'dev@app.example' }, /^contacts/],
    [{ ...app, software_id: 'x\ny' }, /^software_id must be one line/],
    [backend, /^scope must not hold system\/ scopes here/],
  ])('%j', (sent, reason) => {
    expect(refusal(sent)).toMatch(reason);
  });

  it('system/ scopes of a public client, whoever vouches for it', () => {
    const sent = { ...backend, token_endpoint_auth_method: 'none' };
    expect(refusal(sent, vouched)).toMatch(/^scope: A public client cannot have system/);
  });

  it('what stands at this server, whoever vouches for it', () => {
    const sent = { ...app, redirect_uris: [`${origin}/samples/x/`] };
    expect(refusal(sent, vouched)).toMatch(/^redirect_uris must not be at this server/);
  });

  it.each([...copiedAddresses, ...describedPages])('a %s at this server, whoever vouches for it', (member) => {
    const app = { redirect_uris: ['https://app.example/cb'], token_endpoint_auth_method: 'private_key_jwt' };
    const keys = { jwks_uri: 'https://app.example/jwks' };
    const sent = { ...app, ...keys, [member]: `${origin}/samples/x` };
    expect(refusal(sent, vouched)).toMatch(new RegExp(`^${member} must not be at this server`));
  });

  it('every field of kind address is among them', () => {
    const addresses = fieldNames.filter((name) => fieldEntry(name).kind === 'address').map(memberOf);
    expect(copiedAddresses).toEqual(addresses);
    expect(addresses).toContain('launch_uri');
  });

  it('grants that were not asked for', () => {
    expect(refusal({ ...backend, grant_types: undefined, redirect_uris: app.redirect_uris }, vouched)).toMatch(
      /^grant_types must hold client_credentials/,
    );
  });

  it('in ASCII without quotation marks, as an OAuth error must be written', () => {
    const sentences = [
      refusal({ ...app, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ kty: 'oct' }] } }),
      refusal({ ...app, scope: '', grant_types: [] }),
      refusal({ ...app, scope: 'openid', redirect_uris: ['"ä"'] }),
    ];
    for (const sentence of sentences) expect(sentence).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]{10,500}$/);
  });
});

it.each([[null], [1], ['x'], [true], [[]], [{}]])('refuses a JWK Set whose key is %j, in words', (key) => {
  const sent = { ...app, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key] } };
  expect(refusal(sent)).toContain('RSA or EC');
});
