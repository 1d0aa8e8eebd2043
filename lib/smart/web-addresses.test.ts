/** Every address that somebody else chooses and that a browser or this server then goes to. */
import { describe, expect, it } from 'vitest';
import { issueOfAddress } from './app-address.ts';
import { brandSchema } from './brand/brand.ts';
import { clientDescription } from './client/description.ts';
import { fieldEntry, fieldNames, registrationFields } from './client/registration-fields.ts';
import { checkLaunchParameters, toGrantContext } from './launch/context.ts';

const origin = 'https://ehr.example';
const astray = [
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://ehr.example/1',
  'ftp://app.example/x',
  'http:app.example',
  'https:///app.example',
  '//app.example/x',
  '\\\\app.example',
  'app.example/x',
  'https://',
];

/** Whether each of the members that hold an address takes it. */
type Taker = (address: string) => boolean;

const ofRegistrations = fieldNames
  .filter((name) => fieldEntry(name).kind === 'address')
  .map((name): [string, Taker] => [
    name,
    (address) => registrationFields[name].rule({ origin }).safeParse(address).success,
  ]);
const ofDescriptions = (['client_uri', 'policy_uri', 'tos_uri'] as const).map((name): [string, Taker] => [
  name,
  (address) => clientDescription({ origin }).safeParse({ [name]: address }).success,
]);
const ofBrands = (['logoUri', 'logoLicense', 'website'] as const).map((name): [string, Taker] => [
  `brand ${name}`,
  (address) => brandSchema({ origin }).safeParse({ [name]: address }).success,
]);
const inBrands: [string, Taker][] = [
  ['portal', (url) => brandSchema({ origin }).safeParse({ portals: [{ url }] }).success],
  ['portal logo', (logoUri) => brandSchema({ origin }).safeParse({ portals: [{ logoUri }] }).success],
  ['part of', (website) => brandSchema({ origin }).safeParse({ partOf: { name: 'X', website } }).success],
  ['endpoint', (developerUrl) => brandSchema({ origin }).safeParse({ endpoint: { developerUrl } }).success],
];
const ofLaunches = ['smart_style_url', 'smartStyleUrl', 'smart_messaging_origin'].map((name): [string, Taker] => [
  name,
  (address) => 'parameters' in checkLaunchParameters({ [name]: address }),
]);
const redirect: [string, Taker] = [
  'redirect URI',
  (address) => issueOfAddress(address, 'redirect', { origin }) === undefined,
];

describe.each([...ofRegistrations, ...ofDescriptions, ...ofBrands, ...inBrands, ...ofLaunches, redirect])(
  'the address of %s',
  (_, takes) => {
    it('may be of the web', () => expect(takes('https://app.example/logo.png')).toBe(true));
    it.each(astray)('is not %j', (address) => expect(takes(address)).toBe(false));
  },
);

it('there are addresses in registrations', () => expect(ofRegistrations.length).toBeGreaterThan(1));

it.each(['smart_style_url', 'smartStyleUrl', 'smart_messaging_origin'])(
  '%s of a launch of an earlier version is told only where it is of the web',
  (name) => {
    expect(toGrantContext({ intent: 'x', [name]: 'javascript:alert(1)' })).toEqual({ intent: 'x' });
    expect(Object.values(toGrantContext({ [name]: 'https://ehr.example' }))).toEqual(['https://ehr.example']);
  },
);
