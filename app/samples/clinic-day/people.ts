import { FhirRequestError } from '../smart/failure.ts';
import { searchFhir } from '../smart/fhir-request.ts';
import {
  type Location,
  locationSchema,
  type Patient,
  type Practitioner,
  patientSchema,
  practitionerSchema,
  readAll,
} from '../smart/resources.ts';
import type { Session } from '../smart/session.ts';
import { referenceKey, type Visit } from './visit.ts';

/** The resources that visits refer to, by `Type/id`. */
export interface Directory {
  patients: Map<string, Patient>;
  practitioners: Map<string, Practitioner>;
  locations: Map<string, Location>;
  /** Types whose resources could not be fetched, with what the server said. */
  failed: string[];
}

const batchSize = 50;

/** All resources that the visits refer to: from those the searches included, the rest fetched by id. */
export async function directoryOf(
  session: Session,
  visits: Visit[],
  included: unknown[],
  signal: AbortSignal,
): Promise<Directory> {
  const failed: string[] = [];
  const complete = async (type: string, wanted: (visit: Visit) => Visit['patient']) => {
    const missing = missingIds(type, visits.map(wanted), included);
    return [...included, ...(await fetchByIds(session, type, missing, signal, failed))];
  };
  const [patients, practitioners, locations] = await Promise.all([
    complete('Patient', ({ patient }) => patient),
    complete('Practitioner', ({ practitioner }) => practitioner),
    complete('Location', ({ location }) => location),
  ]);
  return {
    patients: keyed('Patient', readAll(patients, 'Patient', patientSchema).values),
    practitioners: keyed('Practitioner', readAll(practitioners, 'Practitioner', practitionerSchema).values),
    locations: keyed('Location', readAll(locations, 'Location', locationSchema).values),
    failed,
  };
}

function keyed<T extends { id: string }>(type: string, resources: T[]): Map<string, T> {
  return new Map(resources.map((resource) => [`${type}/${resource.id}`, resource]));
}

/** Ids of one type that are referred to and not among the included resources, each once. */
export function missingIds(type: string, references: Visit['patient'][], included: unknown[]): string[] {
  const present = new Set(
    included.map((resource) => {
      const { resourceType, id } = (resource ?? {}) as { resourceType?: string; id?: string };
      return `${resourceType}/${id}`;
    }),
  );
  const keys = references.map(referenceKey).filter((key) => key?.startsWith(`${type}/`) && !present.has(key));
  return [...new Set(keys)].map((key) => key?.slice(type.length + 1) ?? '');
}

async function fetchByIds(session: Session, type: string, ids: string[], signal: AbortSignal, failed: string[]) {
  const found: unknown[] = [];
  for (let at = 0; at < ids.length; at += batchSize) {
    const _id = ids.slice(at, at + batchSize).join(',');
    const query = `${type}?${new URLSearchParams({ _id, _count: String(batchSize) })}`;
    const batch = await searchFhir(session, query, signal).catch((error: unknown) => {
      if (!(error instanceof FhirRequestError)) throw error;
      failed.push(`${type}: ${error.diagnostics}`);
      return null;
    });
    if (batch === null) return found;
    found.push(...batch);
  }
  return found;
}
