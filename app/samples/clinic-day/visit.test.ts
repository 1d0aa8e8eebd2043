import { describe, expect, it, test } from 'vitest';
import { nameVisit, practitionersOf, visitsOf } from './named-visit.ts';
import { type Directory, missingIds } from './people.ts';
import { byStart, referenceKey, visitOfAppointment, visitOfEncounter } from './visit.ts';
import { statusText, statusTone, timeText } from './words.ts';

const appointment = visitOfAppointment({
  resourceType: 'Appointment',
  id: 'a1',
  status: 'booked',
  start: '2026-11-23T09:00:00Z',
  end: '2026-11-23T09:30:00Z',
  reasonCode: [{ coding: [{ display: 'Vaccination' }] }],
  participant: [
    { actor: { reference: 'Location/l1' } },
    { actor: { reference: 'https://ehr.example/fhir/Practitioner/p1' } },
    {},
    { actor: { reference: 'Patient/x1', display: 'Ada X.' } },
  ],
});

const encounter = visitOfEncounter({
  resourceType: 'Encounter',
  id: 'e1',
  status: 'in-progress',
  period: { start: '2026-11-23T08:00:00Z' },
  type: [{ text: 'Office visit' }],
  subject: { reference: 'Patient/x2' },
});

const directory: Directory = {
  patients: new Map([
    [
      'Patient/x1',
      {
        resourceType: 'Patient',
        id: 'x1',
        name: [{ family: 'Xu', given: ['Ada'] }],
        gender: 'female',
        birthDate: '1990-05-01',
      },
    ],
  ]),
  practitioners: new Map([
    ['Practitioner/p1', { resourceType: 'Practitioner', id: 'p1', name: [{ prefix: ['Dr'], family: 'Osei' }] }],
  ]),
  locations: new Map(),
  failed: [],
};
const now = new Date(2026, 10, 23);

it('reads an appointment', () => {
  expect(appointment).toMatchObject({
    start: new Date('2026-11-23T09:00:00Z'),
    reason: 'Vaccination',
    patient: { reference: 'Patient/x1' },
    practitioner: { reference: 'https://ehr.example/fhir/Practitioner/p1' },
    location: { reference: 'Location/l1' },
  });
});

it('reads an encounter with little in it', () => {
  expect(encounter).toMatchObject({ end: null, reason: 'Office visit', practitioner: null, location: null });
});

it('sorts by start, what has none last', () => {
  const without = { ...appointment, id: 'a0', start: null };
  expect([without, appointment, encounter].sort(byStart).map(({ id }) => id)).toEqual(['e1', 'a1', 'a0']);
});

test.each([
  ['Patient/1', 'Patient/1'],
  ['https://ehr.example/demo/fhir/Patient/a-b.c', 'Patient/a-b.c'],
  ['Patient/1/_history/2', 'Patient/1'],
  ['urn:uuid:1', null],
  ['#contained', null],
  [undefined, null],
])('the key of reference %s is %s', (reference, key) => {
  expect(referenceKey({ reference })).toBe(key);
});

test('asks once for what is referred to and not yet there', () => {
  const references = ['Patient/1', 'Patient/2', 'https://x.example/fhir/Patient/2', 'Patient/3', 'Group/9'];
  const included = [{ resourceType: 'Patient', id: '1' }, null];
  expect(
    missingIds(
      'Patient',
      references.map((reference) => ({ reference })),
      included,
    ),
  ).toEqual(['2', '3']);
});

describe('nameVisit', () => {
  it('names people from the directory and the place by its reference', () => {
    expect(nameVisit(appointment, directory, now)).toMatchObject({
      patientName: 'Ada Xu',
      patientFacts: '36 years · female',
      practitionerKey: 'Practitioner/p1',
      practitionerName: 'Dr Osei',
      locationName: 'Location/l1',
    });
  });

  it('falls back to the display', () => {
    const nobody = { ...directory, patients: new Map() };
    expect(nameVisit(appointment, nobody, now)).toMatchObject({ patientName: 'Ada X.', patientFacts: '' });
  });

  it('offers each practitioner once and narrows to one', () => {
    const visits = [appointment, encounter, appointment].map((visit) => nameVisit(visit, directory, now));
    expect(practitionersOf(visits)).toEqual([{ key: 'Practitioner/p1', name: 'Dr Osei' }]);
    expect(visitsOf(visits, 'Practitioner/p1').map(({ id }) => id)).toEqual(['a1', 'a1']);
    expect(visitsOf(visits, '')).toHaveLength(3);
  });
});

test.each([
  ['noshow', 'did not come', 'off'],
  ['in-progress', 'in progress', 'now'],
  ['booked', 'booked', 'next'],
  ['finished', 'finished', 'over'],
])('status %s reads "%s" and looks like %s', (status, text, tone) => {
  expect([statusText(status), statusTone(status)]).toEqual([text, tone]);
});

test.each([
  [null, null, 'No time'],
  [new Date(2026, 10, 23, 9, 5), new Date(2026, 10, 23, 9, 35), '09:05–09:35'],
  [new Date(2026, 10, 23, 9, 5), null, '09:05'],
  [new Date(2026, 10, 22, 21, 0), null, '22 Nov, 21:00'],
])('from %s to %s reads %s on 23 November', (start, end, text) => {
  expect(timeText({ start, end }, now)).toBe(text);
});
