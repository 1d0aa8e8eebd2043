import { describe, expect, it } from 'vitest';
import { findMalformed } from './json-form.ts';

describe('findMalformed', () => {
  it.each([
    [{ name: [{ family: '' }] }, 'Patient.name[0].family', 'An empty text'],
    [{ name: [] }, 'Patient.name', 'An empty list'],
    [{ name: [{}] }, 'Patient.name[0]', 'An empty object'],
    [
      { name: [{ family: 'a\ud800' }] },
      'Patient.name[0].family',
      'A text with half a surrogate pair, which is no Unicode text',
    ],
    [{ 'a\ud800': 1 }, 'Patient', 'The name of an element has half a surrogate pair, which is no Unicode text'],
    [{ 'a\0': 1 }, 'Patient', 'The name of an element has the character NUL, which no text of FHIR has'],
    [{ name: [{ text: 'a\0' }] }, 'Patient.name[0].text', 'A text with the character NUL, which no text of FHIR has'],
    [
      { contained: [{ resourceType: 'Group' }, { id: 'x' }] },
      'Patient.contained[1]',
      'A contained resource without a type',
    ],
    [{ contained: [null] }, 'Patient.contained[0]', 'A contained resource without a type'],
    [{}, 'Patient', 'An empty object'],
  ])('%j is wrong at %s', (value, path, reason) => {
    expect(findMalformed(value, 'Patient')).toEqual({ path, reason });
  });

  it.each([{ a: 0, b: false, c: [null, 'x'], d: '\u{1F600}', _given: [null, { id: 'x' }] }, null, 5])(
    '%j is well formed',
    (value) => {
      expect(findMalformed(value, 'Patient')).toBeUndefined();
    },
  );
});
