import { describe, expect, it } from 'vitest';
import { brandSchema } from '#lib/smart/brand/brand.ts';
import { registrationForm } from '#lib/smart/client/registration-form.ts';
import { InitialAccessForm } from '#lib/smart/dynamic/initial-access-form.ts';
import { readDynamicRegistration } from '#lib/smart/dynamic/registration.ts';
import { readNewMember } from '#lib/smart/member/member-form.ts';
import { SandboxName } from '#lib/smart/sandbox/name.ts';
import { scenarioForm } from '#lib/smart/scenario/form.ts';
import { sandboxFile } from './schema.ts';

const origin = 'http://localhost:3000';

const brand = {
  aliases: ['Lakeside'],
  identifiers: [{ system: 'urn:oid:1.2', value: '123' }],
  addresses: [{ line: ['1 Lake Road'], city: 'Madison', state: 'WI', postalCode: '53703', country: 'US' }],
  portals: [{ name: 'MyLakeside', description: 'For patients.', url: 'https://my.example' }],
  partOf: { name: 'Great Lakes', website: 'https://lakes.example' },
  endpoint: { name: 'FHIR', developerUrl: 'https://dev.example' },
  logoUri: '/brand.svg',
  website: 'https://www.example',
  color: '#0b5f7c',
};

/** A sandbox with every text that people read of one. */
const file = {
  slug: 'lakeside',
  name: 'Lakeside',
  brand,
  users: [
    { username: 'chen', name: 'Dr. Chen', password: 'a password', role: 'clinician', fhirUser: 'Practitioner/1' },
  ],
  clients: [
    {
      clientId: 'app',
      name: 'App',
      description: 'What it is',
      logoUri: 'https://app.example/l.svg',
      launchUri: 'https://app.example/launch',
      redirectUris: ['https://app.example/cb'],
      scope: 'openid',
      type: 'public',
    },
  ],
  cdsServices: [
    { url: 'https://cds.example', id: 'advice', hook: 'patient-view', title: 'Advice', description: 'About patients' },
  ],
  scenarios: [{ id: 'visit', name: 'Visit', description: 'A visit', clientId: 'app', username: 'chen' }],
};

/** The texts that a file does not show to anybody as they are. */
const unseen = /^users\.0\.password$/;

/** The place of each text in a value. */
function places(value: unknown, at: string[] = []): string[][] {
  if (typeof value === 'string') return [at];
  return Object.entries(Object(value)).flatMap(([name, member]) => places(member, [...at, name]));
}

/** A copy in which the text at this place hides a character. */
function disguised<Value>(value: Value, place: string[], hidden: string): Value {
  const copy = structuredClone(value);
  const holder = place.slice(0, -1).reduce<Record<string, unknown>>((inner, name) => Object(inner[name]), Object(copy));
  const name = place.at(-1) ?? '';
  const text = String(holder[name]);
  holder[name] = `${text.slice(0, -1)}${hidden}${text.slice(-1)}`;
  return copy;
}

const hiding = ['\u202e', '\u200b', '\u2066', '\u3164'];

describe('a sandbox file', () => {
  it('is in order as it is', () => expect(sandboxFile({ origin }).safeParse(file).error?.issues).toBeUndefined());

  it.each(places(file).map((place) => [place.join('.'), place] as const))('hides nothing in %s', (path, place) => {
    for (const character of hiding) {
      const { success } = sandboxFile({ origin }).safeParse(disguised(file, place, character));
      expect(success, `U+${character.codePointAt(0)?.toString(16)}`).toBe(unseen.test(path));
    }
  });
});

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

const registration = {
  name: 'App',
  description: 'What it is',
  redirectUris: 'https://app.example/cb',
  otherScopes: 'openid',
  type: 'public',
  needs: 'patient',
};

/** The forms in which people type names, each with what reads it. */
const forms: [
  what: string,
  fields: Record<string, string>,
  seen: string[],
  reads: (typed: Record<string, string>) => boolean,
][] = [
  [
    'the registration of an app',
    registration,
    ['name', 'description'],
    (typed) => registrationForm({ origin }).safeParse(typed).success,
  ],
  [
    'a new member',
    { account: 'new', username: 'ann', name: 'Ann', role: 'clinician', practitioner: '1' },
    ['name'],
    (typed) => 'account' in readNewMember(formOf(typed)),
  ],
  [
    'a scenario',
    { name: 'Visit', id: 'visit', description: 'A visit', client_id: 'app', embed: 'tab' },
    ['name', 'description'],
    (typed) => scenarioForm.safeParse(typed).success,
  ],
  ['the name of a sandbox', { name: 'Lakeside' }, ['name'], ({ name }) => SandboxName.safeParse(name).success],
  [
    'an initial access token',
    { label: 'For the vendor', lifetime: '30' },
    ['label'],
    (typed) => InitialAccessForm.safeParse(typed).success,
  ],
  [
    'a brand',
    { website: 'https://www.example' },
    ['website'],
    (typed) => brandSchema({ origin }).safeParse(typed).success,
  ],
  [
    'an app that registers itself',
    { client_name: 'App', software_id: 'app', software_version: '1', client_uri: 'https://app.example' },
    ['client_name', 'software_id', 'software_version', 'client_uri'],
    (sent) => {
      const app = {
        redirect_uris: ['https://app.example/cb'],
        token_endpoint_auth_method: 'none',
        contacts: ['a@b.example'],
      };
      const policy = { own: { origin }, vouched: true, maySystem: true };
      return 'registration' in readDynamicRegistration({ ...app, ...sent }, policy);
    },
  ],
];

describe.each(forms)('%s', (_, fields, seen, reads) => {
  it('is taken as it is', () => expect(reads(fields)).toBe(true));

  it.each(seen)('hides nothing in %s', (name) => {
    for (const character of hiding) expect(reads(disguised(fields, [name], character)), character).toBe(false);
  });
});
