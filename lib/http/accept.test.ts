import { expect, test } from 'vitest';
import { accepts, mediaType } from './accept.ts';

const types = ['application/fhir+json', 'application/json'];

test.each([
  [null, true],
  ['', true],
  ['*/*', true],
  ['application/*', true],
  ['APPLICATION/JSON', true],
  ['application/fhir+json; fhirVersion=4.0', true],
  ['text/html, application/json;q=0.1', true],
  ['text/html', false],
  ['application/json; q=0', false],
  ['application/json;q=0.000, */*;q=0.1', true],
  ['application', false],
  [',', false],
])('Accept: %s lets FHIR JSON be sent: %s', (header, expected) => {
  expect(accepts(header, types)).toBe(expected);
});

test.each([
  ['Application/X-WWW-Form-Urlencoded; charset=UTF-8', 'application/x-www-form-urlencoded'],
  [null, ''],
])('the media type of %s is %s', (header, expected) => {
  expect(mediaType(header)).toBe(expected);
});
