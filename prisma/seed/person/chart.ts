import type { Encounter, FhirResource, Reference } from 'fhir/r4';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { ProblemKey } from '../codes/problems.ts';
import { yearsBetween } from '../value/calendar.ts';
import type { Random } from '../value/random.ts';
import type { Person } from './person.ts';

/** One person's record while it is being written. */
export interface Chart {
  readonly person: Person;
  readonly random: Random;
  readonly now: Date;
  /** The clinician responsible for this person. */
  readonly clinician: Reference;
  readonly problems: Set<ProblemKey>;
  readonly resources: FhirResource[];
  /** Gives the resource an id and adds it to the record, without the members that are undefined. */
  file<T extends FhirResource>(resource: T): T & { id: string };
}

/** One visit to the clinic, to which measurements and findings refer. */
export interface Visit {
  date: Date;
  encounter?: Encounter;
}

const idParts: Partial<Record<FhirResource['resourceType'], string>> = {
  AllergyIntolerance: 'allergy',
  Appointment: 'appt',
  CarePlan: 'plan',
  CareTeam: 'team',
  Condition: 'cond',
  DiagnosticReport: 'report',
  DocumentReference: 'doc',
  Encounter: 'enc',
  Goal: 'goal',
  Immunization: 'imm',
  MedicationRequest: 'med',
  Observation: 'obs',
  Procedure: 'proc',
  Provenance: 'prov',
};

export function openChart(person: Person, random: Random, now: Date, clinician: Reference): Chart {
  const counts = new Map<string, number>();
  const resources: FhirResource[] = [];
  const nextId = (type: FhirResource['resourceType']) => {
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    return type === 'Patient' ? person.id : `${person.id}-${idParts[type] ?? type.toLowerCase()}-${count}`;
  };
  return {
    person,
    random,
    now,
    clinician,
    problems: new Set(),
    resources,
    file(resource) {
      const filed = identified(resource, nextId(resource.resourceType));
      resources.push(filed);
      return filed;
    },
  };
}

function identified<T extends FhirResource>(resource: T, id: string): T & { id: string } {
  return withoutUndefined({ ...resource, id }) as T & { id: string };
}

export function ageAt(chart: Chart, date: Date): number {
  return yearsBetween(chart.person.birth, date);
}

export function ageNow(chart: Chart): number {
  return ageAt(chart, chart.now);
}

/** Literal reference to the chart's patient. */
export function subjectOf(chart: Chart): Reference {
  return { reference: `Patient/${chart.person.id}`, display: `${chart.person.given[0]} ${chart.person.family}` };
}

export function referenceTo(resource: FhirResource & { id: string }): Reference {
  return { reference: `${resource.resourceType}/${resource.id}` };
}

/** The encounter of a visit; undefined for visits before the hospital's own records. */
export function encounterOf(visit: Visit): Reference | undefined {
  return visit.encounter?.id ? { reference: `Encounter/${visit.encounter.id}` } : undefined;
}
