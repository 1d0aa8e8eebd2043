import type { Resource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { patientsOf } from './patient-compartment.ts';
import { indexValuesOf } from './values.ts';

/** The indexed values of one search parameter, abbreviated for comparison. */
function values(resource: object, parameter: string): unknown[] {
  return indexValuesOf(resource as Resource)
    .filter((row) => row.parameter === parameter)
    .map(({ parameter: _, index, ...row }) => [index, ...Object.values(row)].join(' '));
}

const observation = { resourceType: 'Observation', id: 'o', status: 'final', code: { text: 'x' } };

describe('indexValuesOf', () => {
  it.each([
    [
      'codings',
      { ...observation, code: { coding: [{ system: 's', code: 'a' }, { code: 'b' }] } },
      'code',
      ['token s a', 'token  b'],
    ],
    ['a code', observation, 'status', ['token  final']],
    [
      'an identifier',
      { resourceType: 'Patient', identifier: [{ system: 's', value: '1' }] },
      'identifier',
      ['token s 1'],
    ],
    ['a flag', { resourceType: 'Patient', active: false }, 'active', ['token  false']],
    ['a contact', { resourceType: 'Patient', telecom: [{ system: 'email', value: 'a@b' }] }, 'email', ['token  a@b']],
    ['a derived flag', { resourceType: 'Patient', deceasedDateTime: '2020' }, 'deceased', ['token  true']],
    ['a tag', { resourceType: 'Patient', meta: { tag: [{ system: 's', code: 't' }] } }, '_tag', ['token s t']],
    ['a profile', { resourceType: 'Patient', meta: { profile: ['http://p'] } }, '_profile', ['token  http://p']],
    [
      'a name',
      { resourceType: 'Patient', name: [{ family: 'Núñez', given: ['Zoë  M', null] }] },
      'name',
      ['string nunez Núñez', 'string zoe m Zoë  M'],
    ],
    [
      'an address',
      { resourceType: 'Patient', address: [{ city: 'Köln', postalCode: '50667' }] },
      'address',
      ['string koln Köln', 'string 50667 50667'],
    ],
    ['an unqualified path', { resourceType: 'InsurancePlan', alias: ['Y'] }, 'name', ['string y Y']],
    ['a day', { resourceType: 'Patient', birthDate: '1970-01-01' }, 'birthdate', ['date 0 86400000']],
    ['a period', { ...observation, effectivePeriod: { start: '1970', end: '1970' } }, 'date', ['date 0 31536000000']],
    ['a timing', { ...observation, effectiveTiming: { event: ['1970-01-01'] } }, 'date', ['date 0 86400000']],
    ['a bad date', { resourceType: 'Patient', birthDate: '1970-99' }, 'birthdate', []],
    [
      'a quantity',
      { ...observation, valueQuantity: { value: 5.4, unit: 'mg', system: 'u', code: 'm' } },
      'value-quantity',
      ['quantity 5.4 5.4 u m mg'],
    ],
    [
      'money',
      { resourceType: 'Invoice', status: 'issued', totalNet: { value: 3, currency: 'EUR' } },
      'totalnet',
      ['quantity 3 3 urn:iso:std:iso:4217 EUR EUR'],
    ],
    [
      'a number',
      { resourceType: 'RiskAssessment', prediction: [{ probabilityDecimal: 0.2 }] },
      'probability',
      ['quantity 0.2 0.2   '],
    ],
    ['a reference', { ...observation, subject: { reference: 'Patient/p' } }, 'subject', ['reference Patient p']],
    ['a reference by type', { ...observation, subject: { reference: 'Group/g' } }, 'patient', []],
    [
      'a foreign reference',
      { ...observation, subject: { reference: 'https://x/Patient/p' } },
      'subject',
      ['reference  https://x/Patient/p'],
    ],
    ['a contained reference', { ...observation, subject: { reference: '#p' } }, 'subject', []],
    [
      'a canonical',
      { resourceType: 'QuestionnaireResponse', status: 'completed', questionnaire: 'http://q' },
      'questionnaire',
      ['reference  http://q'],
    ],
    ['a uri', { resourceType: 'ValueSet', status: 'draft', url: 'http://v' }, 'url', ['token  http://v']],
    [
      'a position',
      { resourceType: 'Location', position: { latitude: 42.25, longitude: -83.5, altitude: 9 } },
      'near',
      ['position 42.25 -83.5'],
    ],
    ['a position nowhere', { resourceType: 'Location', position: { latitude: 91, longitude: 0 } }, 'near', []],
    ['half a position', { resourceType: 'Location', position: { longitude: 0 } }, 'near', []],
    [
      'a span',
      {
        resourceType: 'MolecularSequence',
        referenceSeq: { chromosome: { coding: [{ system: 's', code: '1' }] } },
        variant: [{ start: 128, end: 129 }, { start: 7 }],
      },
      'chromosome-variant-coordinate$1|s',
      ['quantity 128 129   '],
    ],
    ['nothing of itself', { resourceType: 'Patient', id: 'p' }, '_id', []],
    ['half a surrogate pair', { resourceType: 'Patient', gender: '\ud800' }, 'gender', ['token  \ufffd']],
  ])('finds %s', (_, resource, parameter, expected) => {
    expect(values(resource, parameter)).toEqual(expected);
  });
});

describe('patientsOf', () => {
  it.each([
    ['a patient', { resourceType: 'Patient', id: 'p' }, ['p']],
    [
      'a linked patient',
      { resourceType: 'Patient', id: 'p', link: [{ other: { reference: 'Patient/q' }, type: 'refer' }] },
      ['p'],
    ],
    ['a subject', { ...observation, subject: { reference: 'Patient/p' } }, ['p']],
    [
      'a performer',
      { ...observation, subject: { reference: 'Group/g' }, performer: [{ reference: 'Patient/p' }] },
      ['p'],
    ],
    ['a focus', { ...observation, focus: [{ reference: 'Patient/p' }] }, []],
    ['somebody elsewhere', { ...observation, subject: { reference: 'https://x/Patient/p' } }, []],
    ['a practitioner', { resourceType: 'Practitioner', id: 'd' }, []],
    [
      'a member of a group',
      { resourceType: 'Group', type: 'person', actual: true, member: [{ entity: { reference: 'Patient/p' } }] },
      ['p'],
    ],
    [
      'a participant',
      {
        resourceType: 'Appointment',
        status: 'booked',
        participant: [{ status: 'accepted', actor: { reference: 'Patient/p' } }],
      },
      ['p'],
    ],
  ])('of %s', (_, resource, expected) => {
    const typed = resource as unknown as Resource;
    expect(patientsOf(typed, indexValuesOf(typed))).toEqual(expected);
  });
});
