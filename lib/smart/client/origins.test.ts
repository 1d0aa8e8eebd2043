import { expect, it } from 'vitest';
import { isOriginOf } from './origins.ts';

const own = 'https://ehr.example';
const client = {
  redirectUris: [
    'https://app.example/callback?x=1',
    'HTTPS://Upper.Example:443/cb',
    'http://localhost:8080/',
    'org.example.app:/callback',
    '/samples/chart/',
    'not an address',
  ],
  origins: ['https://widgets.example:8443'],
};

it.each([
  'https://app.example',
  'https://upper.example',
  'http://localhost:8080',
  'https://widgets.example:8443',
  'https://ehr.example',
])('%s is an origin of the client', (origin) => {
  expect(isOriginOf(client, origin, { origin: own })).toBe(true);
});

it.each([
  ['a suffix', 'https://app.example.evil.example'],
  ['a prefix', 'https://evil-app.example'],
  ['a subdomain', 'https://www.app.example'],
  ['the domain above', 'https://example'],
  ['plain http', 'http://app.example'],
  ['another port', 'https://app.example:8443'],
  ['the usual port spelt out', 'https://app.example:443'],
  ['another port of this computer', 'http://localhost:3001'],
  ['another name of this computer', 'http://127.0.0.1:8080'],
  ['a path', 'https://app.example/'],
  ['a user name', 'https://app.example@evil.example'],
  ['upper case', 'HTTPS://APP.EXAMPLE'],
  ['two origins', 'https://app.example https://evil.example'],
  ['the null of a sandboxed frame', 'null'],
  ['a native scheme', 'org.example.app://'],
  ['nothing', ''],
  ['a wildcard', '*'],
])('%s is none: %s', (_, origin) => {
  expect(isOriginOf(client, origin, { origin: own })).toBe(false);
});

it('takes no origin from a client whose only address is a native one', () => {
  expect(isOriginOf({ redirectUris: ['org.example.app:/callback'], origins: ['null'] }, 'null', { origin: own })).toBe(
    false,
  );
});
