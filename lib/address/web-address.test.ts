import { expect, it } from 'vitest';
import { isWebAddress, isWebOrigin, webOrigin } from './web-address.ts';

it.each([
  ['https://app.example/x?y#z', 'https://app.example'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['HTTPS://App.example:443/', 'https://app.example'],
  ['https://app.example', 'https://app.example'],
  ['http://[::1]:3000/', 'http://[::1]:3000'],
])('%s is a web address at %s', (address, origin) => {
  expect([isWebAddress(address), webOrigin(address)]).toEqual([true, origin]);
});

it.each([
  '',
  '/x',
  'app.example',
  '//app.example',
  'https://',
  'javascript:alert(1)',
  'data:,x',
  'org.example.app:/cb',
  'blob:https://app.example/1',
  'ftp://app.example',
])('%j is none', (address) => expect([isWebAddress(address), webOrigin(address)]).toEqual([false, undefined]));

it.each([
  ['https://app.example', true],
  ['https://app.example:8443', true],
  ['https://app.example/', false],
  ['https://app.example:443', false],
  ['https://App.example', false],
  ['null', false],
])('whether %s is an origin: %s', (text, is) => expect(isWebOrigin(text)).toBe(is));
