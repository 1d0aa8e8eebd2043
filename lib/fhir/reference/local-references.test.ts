import { describe, expect, it } from 'vitest';
import { withLocalReferences } from './local-references.ts';

const base = 'https://ehr.example/demo/fhir';

describe('withLocalReferences', () => {
  it.each([
    [`${base}/Patient/1`, 'Patient/1'],
    [`${base}/Patient/1/_history/2`, 'Patient/1/_history/2'],
    ['Patient/1', 'Patient/1'],
    ['#inside', '#inside'],
    ['urn:uuid:1', 'urn:uuid:1'],
    [`${base}-2/Patient/1`, `${base}-2/Patient/1`],
    [`https://other.example/?${base}/Patient/1`, `https://other.example/?${base}/Patient/1`],
    [`${base}/Patient?identifier=1`, `${base}/Patient?identifier=1`],
    [`${base}/`, `${base}/`],
  ])('%s becomes %s', (reference, expected) => {
    expect(withLocalReferences({ a: [{ b: { reference, display: reference } }] }, base)).toEqual({
      a: [{ b: { reference: expected, display: reference } }],
    });
  });

  it('leaves other elements alone, also those of the same name', () => {
    const json = {
      reference: { reference: `${base}/Group/1` },
      url: `${base}/Group/1`,
      none: null,
      numbers: [1, true],
    };
    expect(withLocalReferences(json, base)).toEqual({ ...json, reference: { reference: 'Group/1' } });
  });
});
