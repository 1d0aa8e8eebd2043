import { birthOf } from '../smart/birth.ts';
import { ageText, nameText, recordNumber } from '../smart/demographics.ts';
import type { Patient } from '../smart/resources.ts';
import type { Directory } from './people.ts';
import { referenceKey, type Visit } from './visit.ts';

/** A visit with names instead of references, as shown in a row. */
export interface NamedVisit extends Visit {
  patientName: string;
  /** Age, sex and record number, as far as known. */
  patientFacts: string;
  practitionerKey: string | null;
  practitionerName: string;
  locationName: string;
}

/** Shown where a visit has no value. */
export const none = '–';

/** Names a visit's people and place; falls back to the reference's display, then to the reference itself. */
export function nameVisit(visit: Visit, { patients, practitioners, locations }: Directory, now: Date): NamedVisit {
  const patient = patients.get(referenceKey(visit.patient) ?? '');
  const practitionerKey = referenceKey(visit.practitioner);
  const practitioner = practitioners.get(practitionerKey ?? '');
  const location = locations.get(referenceKey(visit.location) ?? '');
  return {
    ...visit,
    patientName: nameText(patient?.name) ?? fallback(visit.patient),
    patientFacts: patient ? factsOf(patient, now) : '',
    practitionerKey,
    practitionerName: nameText(practitioner?.name) ?? fallback(visit.practitioner),
    locationName: location?.name ?? fallback(visit.location),
  };
}

function factsOf(patient: Patient, now: Date): string {
  const birth = birthOf(patient);
  const record = recordNumber(patient);
  return [birth && ageText(birth.at, now), patient.gender, record].filter(Boolean).join(' · ');
}

function fallback(reference: Visit['patient']): string {
  return reference?.display ?? reference?.reference ?? none;
}

/** The practitioners of some visits, each once, by name. */
export function practitionersOf(visits: NamedVisit[]): { key: string; name: string }[] {
  const names = new Map(visits.map(({ practitionerKey, practitionerName }) => [practitionerKey, practitionerName]));
  return [...names]
    .flatMap(([key, name]) => (key === null ? [] : [{ key, name }]))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The visits of one practitioner (`Practitioner/id`), or all of them for an empty key. */
export function visitsOf(visits: NamedVisit[], practitionerKey: string): NamedVisit[] {
  return practitionerKey === '' ? visits : visits.filter((visit) => visit.practitionerKey === practitionerKey);
}
