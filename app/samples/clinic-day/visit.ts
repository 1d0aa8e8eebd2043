import { conceptText } from '../smart/demographics.ts';
import { momentOf } from '../smart/fhir-time.ts';
import type { CodeableConcept, Reference } from '../smart/resources.ts';
import type { Appointment, Encounter } from './schedule-resources.ts';

/** One line of the day: an appointment or an encounter, with references still to be named. */
export interface Visit {
  id: string;
  start: Date | null;
  end: Date | null;
  status: string;
  reason: string | null;
  patient: Reference | null;
  practitioner: Reference | null;
  location: Reference | null;
}

/** An appointment as a line of the day. */
export function visitOfAppointment(appointment: Appointment): Visit {
  const actors = (appointment.participant ?? []).flatMap(({ actor }) => (actor ? [actor] : []));
  const reasons = [...(appointment.reasonCode ?? []), ...(appointment.serviceType ?? []), appointment.appointmentType];
  return {
    id: appointment.id,
    start: momentOf(appointment.start),
    end: momentOf(appointment.end),
    status: appointment.status,
    reason: appointment.description ?? firstText(reasons),
    patient: actorOf(actors, 'Patient'),
    practitioner: actorOf(actors, 'Practitioner'),
    location: actorOf(actors, 'Location'),
  };
}

/** An encounter as a line of the day. */
export function visitOfEncounter(encounter: Encounter): Visit {
  const individuals = (encounter.participant ?? []).flatMap(({ individual }) => (individual ? [individual] : []));
  return {
    id: encounter.id,
    start: momentOf(encounter.period?.start),
    end: momentOf(encounter.period?.end),
    status: encounter.status,
    reason: firstText([...(encounter.reasonCode ?? []), ...(encounter.type ?? [])]),
    patient: encounter.subject ?? null,
    practitioner: actorOf(individuals, 'Practitioner'),
    location: encounter.location?.[0]?.location ?? null,
  };
}

/** Whether an encounter is under way, the patient being in the clinic. */
export function isUnderWay({ status }: Visit): boolean {
  return ['arrived', 'triaged', 'in-progress', 'onleave'].includes(status);
}

/** Visits by their start, those without one last. */
export function byStart(a: Visit, b: Visit): number {
  const time = ({ start }: Visit) => start?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return time(a) - time(b) || a.id.localeCompare(b.id);
}

/** `Type/id` of a reference, whether it was written relative, absolute or with a version; null for anything else. */
export function referenceKey(reference: Reference | null): string | null {
  return /(?:^|\/)([A-Z]\w+\/[\w.-]{1,64})(?:\/_history\/[\w.-]+)?$/.exec(reference?.reference ?? '')?.[1] ?? null;
}

function actorOf(references: Reference[], type: string): Reference | null {
  return references.find((reference) => referenceKey(reference)?.startsWith(`${type}/`)) ?? null;
}

function firstText(concepts: (CodeableConcept | undefined)[]): string | null {
  return concepts.map((concept) => conceptText(concept)).find((text) => text !== null) ?? null;
}
