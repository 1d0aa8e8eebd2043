import { resourceExists } from '#lib/data/resource-existence.ts';
import { readResource } from '#lib/data/resources.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { parseReference } from '#lib/fhir/reference.ts';
import { type LaunchParameters, textParameter } from '#lib/smart/launch-context.ts';
import type { Caller } from '../bearer.ts';
import { badRequest, beyondReach } from './launch-error.ts';

/**
 * Refuses a context that holds what the calling token may not see itself: otherwise whoever can register launches
 * could widen what a token reaches.
 * @throws LaunchError 403, or 400 for what the sandbox does not have
 */
export async function refuseBeyondReach(caller: Caller, parameters: LaunchParameters): Promise<void> {
  const patient = textParameter(parameters, 'patient');
  const encounter = textParameter(parameters, 'encounter');
  const references = [
    ...(patient && patient !== caller.permission.patient ? [`Patient/${patient}`] : []),
    ...(encounter ? [`Encounter/${encounter}`] : []),
    ...contextReferences(parameters.fhirContext, fhirBaseOf(caller.sandbox.slug)),
  ];
  for (const reference of new Set(references)) await refuseUnlessReadable(caller, reference);
}

async function refuseUnlessReadable({ sandbox, permission }: Caller, reference: string): Promise<void> {
  const [resourceType = '', id = ''] = reference.split('/');
  if (await readResource(sandbox.id, permission, resourceType, id)) return;
  if (await resourceExists(sandbox.slug, reference)) {
    throw beyondReach(`The access token may not read ${reference}, so it cannot put it into a launch.`);
  }
  throw badRequest(`There is no ${reference} in this sandbox.`);
}

/** The resources of this server that `fhirContext` names, as texts (SMART 1 and 2) or as objects (2.2). */
function contextReferences(fhirContext: unknown, fhirBase: string): string[] {
  const entries: unknown[] = Array.isArray(fhirContext) ? fhirContext : [];
  return entries.flatMap((entry) => {
    const reference = isObject(entry) ? entry.reference : entry;
    const named = typeof reference === 'string' ? parseReference(reference, fhirBase) : undefined;
    return named ? [`${named.resourceType}/${named.id}`] : [];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
