import type { z } from 'zod';
import { describeFailure, type Failure, FhirRequestError } from '../smart/failure.ts';
import { searchFhir } from '../smart/fhir-request.ts';
import { readAll } from '../smart/resources.ts';
import type { Session } from '../smart/session.ts';
import { boundsOf, type CalendarDay, dayOf } from './calendar-day.ts';
import { type Directory, directoryOf } from './people.ts';
import { appointmentSchema, encounterSchema } from './schedule-resources.ts';
import { byStart, isUnderWay, type Visit, visitOfAppointment, visitOfEncounter } from './visit.ts';

/** A list of visits, or why it could not be read; the two lists of a day fail independently. */
export type VisitList = { visits: Visit[]; unreadable: number } | { failure: Failure };

export interface Day {
  appointments: VisitList;
  encounters: VisitList;
  directory: Directory;
}

/** Reads a day of the clinic: its appointments, its encounters (today also those still open), and who is in them. */
export async function loadDay(session: Session, day: CalendarDay, now: Date, signal: AbortSignal): Promise<Day> {
  const included: unknown[] = [];
  const search = searcher(session, included, signal);
  const { from, before } = boundsOf(day);
  const within = `date=ge${encodeURIComponent(from)}&date=lt${encodeURIComponent(before)}&_count=100`;
  const open = day === dayOf(now) ? [`Encounter?status=in-progress&_count=100`] : [];
  const [appointments, encounters] = await Promise.all([
    listOf(search([`Appointment?${within}`]), 'Appointment', appointmentSchema, visitOfAppointment),
    listOf(search([`Encounter?${within}`, ...open]), 'Encounter', encounterSchema, visitOfEncounter),
  ]);
  const shown = [appointments, encounters].flatMap((list) => ('visits' in list ? list.visits : []));
  const directory = await directoryOf(session, shown, included, signal);
  return { appointments, encounters: underWayFirst(encounters), directory };
}

/** Searches with the patient included where the server can; a server that cannot refuses, and is asked without. */
function searcher(session: Session, included: unknown[], signal: AbortSignal) {
  return async (queries: string[]): Promise<unknown[]> => {
    const answers = await Promise.all(
      queries.map((query) => {
        const type = query.slice(0, query.indexOf('?'));
        return searchFhir(session, `${query}&_include=${type}:patient`, signal).catch((error: unknown) => {
          if (error instanceof FhirRequestError && error.status === 400) return searchFhir(session, query, signal);
          throw error;
        });
      }),
    );
    included.push(...answers.flat());
    return answers.flat();
  };
}

async function listOf<T>(
  resources: Promise<unknown[]>,
  type: string,
  schema: z.ZodType<T>,
  visitOf: (resource: T) => Visit,
): Promise<VisitList> {
  try {
    const { values, unreadable } = readAll(await resources, type, schema);
    const shown = values.map((value) => visitOf(value)).filter(({ status }) => status !== 'entered-in-error');
    const visits = new Map(shown.map((visit) => [visit.id, visit]));
    return { visits: [...visits.values()].sort(byStart), unreadable };
  } catch (error) {
    if (error instanceof FhirRequestError && error.status !== 401) return { failure: describeFailure(error) };
    throw error;
  }
}

function underWayFirst(list: VisitList): VisitList {
  if (!('visits' in list)) return list;
  return { ...list, visits: list.visits.toSorted((a, b) => Number(isUnderWay(b)) - Number(isUnderWay(a))) };
}
