import type { Extension, Patient } from 'fhir/r4';
import { hl7Concept } from '../codes/coding.ts';
import { claims, usCore } from '../codes/us-core.ts';
import type { Chart } from '../person/chart.ts';
import { ageNow } from '../person/chart.ts';
import type { Heritage, Person } from '../person/person.ts';
import { isoDate, isoTime } from '../value/calendar.ts';
import { hospital, identifierBase } from './hospital.ts';

const cdcRaceAndEthnicity = 'urn:oid:2.16.840.1.113883.6.238';

const races: Record<Heritage, readonly [code: string, display: string]> = {
  european: ['2106-3', 'White'],
  hispanic: ['2106-3', 'White'],
  african: ['2054-5', 'Black or African American'],
  asian: ['2028-9', 'Asian'],
  native: ['1002-5', 'American Indian or Alaska Native'],
};

const languages = { en: 'English', es: 'Spanish' } as const;

function ombExtension(name: 'race' | 'ethnicity', [code, display]: readonly [string, string]): Extension {
  return {
    url: usCore(name),
    extension: [
      { url: 'ombCategory', valueCoding: { system: cdcRaceAndEthnicity, code, display } },
      { url: 'text', valueString: display },
    ],
  };
}

function demographics(person: Person): Extension[] {
  const hispanic = person.heritage === 'hispanic';
  return [
    ombExtension('race', races[person.heritage]),
    ombExtension('ethnicity', hispanic ? ['2135-2', 'Hispanic or Latino'] : ['2186-5', 'Not Hispanic or Latino']),
    { url: usCore('birthsex'), valueCode: person.sex === 'female' ? 'F' : 'M' },
  ];
}

function emailOf(person: Person): string {
  const plain = `${person.given[0]}.${person.family}`.normalize('NFD').replace(/[^A-Za-z.]/g, '');
  return `${plain.toLowerCase()}@mail.example`;
}

/** Contacts: the mother of a newborn, a parent to call for a child. */
function contacts(chart: Chart): Patient['contact'] {
  const { person } = chart;
  if (ageNow(chart) >= 18) {
    return undefined;
  }
  const given = person.id === 'BILIBABY' ? 'Anna' : chart.random.pick(['Julia', 'Elena', 'Michelle', 'Grace', 'Sarah']);
  return [
    {
      relationship: [hl7Concept('v3-RoleCode', 'MTH', 'mother')],
      name: { use: 'official', family: person.family, given: [given] },
      telecom: [{ system: 'phone', value: person.phone, use: 'mobile' }],
      gender: 'female',
    },
  ];
}

function birthTime(chart: Chart): Patient['_birthDate'] {
  const url = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime';
  const extension = [{ url, valueDateTime: isoTime(chart.person.birth) }];
  return ageNow(chart) < 1 ? { extension } : undefined;
}

export function filePatient(chart: Chart): void {
  const { person } = chart;
  const contact = contacts(chart);
  chart.file<Patient>({
    resourceType: 'Patient',
    meta: claims('patient'),
    extension: demographics(person),
    identifier: [
      {
        use: 'usual',
        type: hl7Concept('v2-0203', 'MR', 'Medical Record Number'),
        system: `${identifierBase}/mrn`,
        value: `MRN-${String(100_000 + person.number * 7)}`,
        assigner: hospital,
      },
    ],
    active: true,
    name: [{ use: 'official', family: person.family, given: person.given }],
    telecom: [
      { system: 'phone', value: person.phone, use: 'mobile' },
      ...(contact ? [] : [{ system: 'email' as const, value: emailOf(person), use: 'home' as const }]),
    ],
    gender: person.sex,
    birthDate: isoDate(person.birth),
    _birthDate: birthTime(chart),
    address: [{ use: 'home', ...person.address }],
    contact,
    communication: [
      {
        language: {
          coding: [{ system: 'urn:ietf:bcp:47', code: person.language, display: languages[person.language] }],
        },
        preferred: true,
      },
    ],
    generalPractitioner: [chart.clinician],
    managingOrganization: hospital,
  });
}
