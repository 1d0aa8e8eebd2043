/**
 * The vocabulary of the random hospital and of the reference: these types, search parameters and compartments were
 * copied by hand from the R4 specification.
 */
export const types = [
  'Patient',
  'Practitioner',
  'Organization',
  'Encounter',
  'Observation',
  'Condition',
  'Appointment',
  'MedicationRequest',
] as const;
export type Type = (typeof types)[number];

export const ids: Record<Type, string[]> = {
  Patient: ['P1', 'P2', 'P3', 'P4'],
  Practitioner: ['D1', 'D2'],
  Organization: ['G1', 'G2'],
  Encounter: ['E1', 'E2', 'E3', 'E4', 'E5'],
  Observation: Array.from({ length: 14 }, (_, index) => `O${index}`),
  Condition: ['C1', 'C2', 'C3', 'C4', 'C5'],
  Appointment: ['A1', 'A2', 'A3', 'A4'],
  MedicationRequest: ['M1', 'M2', 'M3', 'M4'],
};

/** Search parameters that put a resource into a patient's compartment, a Patient's own id apart. */
export const compartment: Record<Type, string[]> = {
  Patient: [],
  Practitioner: [],
  Organization: [],
  Encounter: ['patient'],
  Observation: ['subject', 'performer'],
  Condition: ['patient', 'asserter'],
  Appointment: ['actor'],
  MedicationRequest: ['subject'],
};

/** The search parameter that tells whom a resource is about, not who had a part in it. */
export const about: Partial<Record<Type, string>> = {
  Encounter: 'patient',
  Observation: 'subject',
  Condition: 'patient',
  Appointment: 'actor',
  MedicationRequest: 'subject',
};

const loinc = 'http://loinc.org';
const categorySystem = 'http://terminology.hl7.org/CodeSystem/observation-category';
const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

/** The tokens that may stand in a parameter, each as `system|code`. */
export const tokens: Partial<Record<Type, Record<string, string[]>>> = {
  Patient: { gender: ['|female', '|male'] },
  Encounter: { status: ['|planned', '|finished'], class: [`${actCode}|AMB`, `${actCode}|IMP`] },
  Observation: {
    code: [`${loinc}|8480-6`, `${loinc}|1975-2`, 'http://example.org|1975-2'],
    category: [`${categorySystem}|laboratory`, `${categorySystem}|vital-signs`],
    status: ['|final', '|amended'],
  },
  Condition: { code: ['http://snomed.info/sct|1', 'http://snomed.info/sct|2'] },
  Appointment: { status: ['|booked', '|proposed'] },
  MedicationRequest: { status: ['|active', '|completed'], code: ['http://example.org|a', 'http://example.org|b'] },
};

export const tags = ['http://example.org/tag|red', 'http://example.org/tag|blue'];

export const names = ['Adams', 'Adamsson', 'Baker'];
export const strings: Partial<Record<Type, string[]>> = {
  Patient: ['name', 'family'],
  Practitioner: ['name', 'family'],
  Organization: ['name'],
};

export const dates: Partial<Record<Type, string[]>> = {
  Patient: ['birthdate'],
  Observation: ['date'],
  Encounter: ['date'],
  Appointment: ['date'],
  MedicationRequest: ['authoredon'],
};

/** Parameters of a type by which nothing of ours is found, and that other types have too. */
export const alsoKnown: Partial<Record<Type, string[]>> = {
  Practitioner: ['gender'],
  Condition: ['category'],
  MedicationRequest: ['category', 'date'],
};

/** The references of a type by parameter, with the types of ours that they may point to. */
export const references: Record<Type, Record<string, Type[]>> = {
  Patient: {
    'general-practitioner': ['Practitioner', 'Organization'],
    organization: ['Organization'],
    link: ['Patient'],
  },
  Practitioner: {},
  Organization: { partof: ['Organization'] },
  Encounter: {
    subject: ['Patient'],
    patient: ['Patient'],
    participant: ['Practitioner'],
    practitioner: ['Practitioner'],
    'service-provider': ['Organization'],
  },
  Observation: {
    subject: ['Patient'],
    patient: ['Patient'],
    performer: ['Practitioner', 'Patient', 'Organization'],
    encounter: ['Encounter'],
    'has-member': ['Observation'],
  },
  Condition: {
    subject: ['Patient'],
    patient: ['Patient'],
    encounter: ['Encounter'],
    asserter: ['Practitioner', 'Patient'],
  },
  Appointment: { actor: ['Patient', 'Practitioner'], patient: ['Patient'], practitioner: ['Practitioner'] },
  MedicationRequest: {
    subject: ['Patient'],
    patient: ['Patient'],
    encounter: ['Encounter'],
    requester: ['Practitioner', 'Organization', 'Patient'],
  },
};
