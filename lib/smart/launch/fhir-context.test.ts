import { describe, expect, it } from 'vitest';
import { customaryReferences, fhirContextOf, issueOfFhirContext } from './fhir-context.ts';

const study = { reference: 'ImagingStudy/1' };

describe('issueOfFhirContext', () => {
  it.each([
    [[]],
    [[study, { canonical: 'https://example.org/Questionnaire/1' }, { identifier: { value: '7' }, type: 'Task' }]],
    [[{ ...study, role: 'launch' }]],
    [[{ reference: 'Patient/mother', role: 'https://example.org/role/mother' }]],
    [['ImagingStudy/1']],
  ])('takes %j', (sent) => expect(issueOfFhirContext(sent)).toBeUndefined());

  it.each([['text'], [{}], [[5]], [[null]], [[[]]]])('wants an array of objects: %j [SMART 172]', (sent) => {
    expect(issueOfFhirContext(sent)).toMatch(/^fhirContext/);
  });

  it.each([
    [[{ reference: 'Patient/1' }]],
    [[{ reference: 'https://other.example/fhir/Patient/1', role: 'launch' }]],
    [[{ reference: 'Encounter/1/_history/2' }]],
    [['Encounter/1']],
    [[{ identifier: { value: '1' }, type: 'Patient' }]],
  ])('wants patient and encounter outside of fhirContext: %j [SMART 177]', (sent) => {
    expect(issueOfFhirContext(sent)).toMatch(/^fhirContext\[0\] stands for a Patient or an Encounter/);
  });

  it.each([[[{}]], [[{ type: 'Task', role: 'launch' }]], [[study, { intent: 'x' }]]])(
    'wants to know what each entry stands for: %j [SMART 178]',
    (sent) => expect(issueOfFhirContext(sent)).toMatch(/must have a reference, a canonical or an identifier$/),
  );

  it.each(['mother', '/role', 'launch ', '', 'https://'])(
    'wants absolute URIs for other roles: %j [SMART 188]',
    (role) => {
      expect(issueOfFhirContext([{ ...study, role }])).toBe('fhirContext[0].role must be launch or an absolute URI');
    },
  );

  it('wants texts where texts belong', () => {
    expect(issueOfFhirContext([study, { reference: 5 }])).toMatch(/^fhirContext\[1\]\.reference is not/);
    expect(issueOfFhirContext([{ reference: '' }])).toBe('fhirContext[0].reference must not be empty');
  });
});

describe('fhirContextOf', () => {
  it('answers objects for the texts of older apps, and keeps members of its own [SMART 172]', () => {
    const own = { ...study, role: 'urn:x:role', priority: 1 };
    expect(fhirContextOf(['ImagingStudy/1', own])).toEqual([study, own]);
  });

  it.each([[[]], [undefined], ['text']])('answers nothing for %j', (sent) =>
    expect(fhirContextOf(sent)).toBeUndefined(),
  );
});

describe('customaryReferences', () => {
  const base = 'https://ehr.example/demo/fhir';
  it.each([
    [{}, []],
    [{ location: 'ward' }, ['Location/ward']],
    [{ location: 'Location/ward' }, ['Location/ward']],
    [{ resource: 'Observation/1' }, ['Observation/1']],
    [{ resource: `${base}/Patient/p`, location: 'Location/a/_history/2' }, ['Location/a', 'Patient/p']],
    [{ resource: 'Observation', location: '3 West' }, []],
    [{ resource: 'https://elsewhere.example/Patient/p', location: { reference: 'Location/a' } }, []],
  ])('of %j are %j', (parameters, references) => {
    expect(customaryReferences(parameters, base)).toEqual(references);
  });
});
