import type { Coding, Encounter, Period, Reference } from 'fhir/r4';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { concept } from '../codes/coding.ts';
import { claims } from '../codes/us-core.ts';
import type { LocationKey } from '../data/staff.ts';
import { staff } from '../data/staff.ts';
import type { Chart } from '../person/chart.ts';
import { subjectOf } from '../person/chart.ts';
import { isoTime, plusMinutes } from '../value/calendar.ts';
import { hospital, identifierBase, locationReference } from './hospital.ts';

const classes = {
  AMB: 'ambulatory',
  EMER: 'emergency',
  IMP: 'inpatient encounter',
} as const;

export interface EncounterPlan {
  start: Date;
  type: Coding;
  class?: keyof typeof classes;
  status?: Encounter['status'];
  /** Absent while the encounter is in progress. */
  end?: Date;
  location?: LocationKey;
  clinician?: Reference;
  reason?: Coding;
  appointment?: Reference;
}

function placeOf(clinician: Reference): LocationKey {
  return staff.find((member) => clinician.reference === `Practitioner/${member.id}`)?.location ?? 'primary-care';
}

/** Duration of an ordinary visit, in minutes. */
export const visitMinutes = 25;

const ordinary = { status: 'finished', class: 'AMB' } as const;

function periodOf(plan: EncounterPlan, status: Encounter['status']): Period {
  const end = plan.end ?? (status === 'finished' ? plusMinutes(plan.start, visitMinutes) : undefined);
  return withoutUndefined({ start: isoTime(plan.start), end: end && isoTime(end) });
}

/** Files an encounter; by default a finished ambulatory one with the person's own clinician. */
export function fileEncounter(chart: Chart, plan: EncounterPlan): Encounter & { id: string } {
  const { status, class: code, clinician, ...rest } = { ...ordinary, clinician: chart.clinician, ...plan };
  const period = periodOf(plan, status);
  return chart.file<Encounter>({
    resourceType: 'Encounter',
    meta: claims('encounter'),
    identifier: [{ system: `${identifierBase}/encounter`, value: `${chart.person.id}-${chart.resources.length}` }],
    status,
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code, display: classes[code] },
    type: [concept(rest.type)],
    subject: subjectOf(chart),
    participant: [{ individual: clinician, period }],
    appointment: rest.appointment && [rest.appointment],
    period,
    reasonCode: rest.reason && [concept(rest.reason)],
    location: [{ location: locationReference(rest.location ?? placeOf(clinician)) }],
    serviceProvider: hospital,
  });
}
