import { env } from '#lib/env.ts';
import { absoluteAddress } from '#lib/smart/app-address.ts';
import { type LaunchParameters, textParameter } from '#lib/smart/launch-context.ts';
import { database } from './database.ts';
import { compartment } from './resource-rows.ts';
import { query, sql } from './sql.ts';

/** Why a launch was not recorded; `message` is for the person who asked for it. */
export interface LaunchRefusal {
  reason:
    | 'malformed-parameters'
    | 'unknown-client'
    | 'disabled-client'
    | 'no-launch-uri'
    | 'unknown-patient'
    | 'unknown-encounter'
    | 'foreign-encounter';
  message: string;
}

/** A client that may be launched. */
export interface LaunchTarget {
  /** Absolute; a client that is launched over the API only may have none. */
  launchUri?: string;
  /** How long the launch ids of its sandbox are valid, in seconds. */
  launchLifetime: number;
}

interface LaunchedClient {
  sandboxId: number;
  clientId: string;
  origin: 'ui' | 'api';
}

export function refuse(reason: LaunchRefusal['reason'], message: string): { refusal: LaunchRefusal } {
  return { refusal: { reason, message } };
}

interface Row {
  name: string;
  enabled: boolean;
  launchUri: string | null;
  launchLifetime: number;
}

/**
 * The client that is to be launched, in one query, or why it may not be: the EHR's own pages need one with a launch
 * URI, callers of the API may do without.
 */
export async function findLaunchTarget({
  sandboxId,
  clientId,
  origin,
}: LaunchedClient): Promise<LaunchTarget | { refusal: LaunchRefusal }> {
  const [client] = await query<Row>(
    sql`SELECT c.name, c.enabled, c.launch_uri AS "launchUri", s.launch_lifetime AS "launchLifetime"
      FROM client c JOIN sandbox s ON s.id = c.sandbox_id
      WHERE c.sandbox_id = ${sandboxId} AND c.client_id = ${clientId}`,
  );
  if (!client) return refuse('unknown-client', `No app with the client_id ${clientId} is registered in this sandbox.`);
  if (!client.enabled) return refuse('disabled-client', `${client.name} is disabled. An administrator can enable it.`);
  const { launchUri, launchLifetime } = client;
  if (launchUri) return { launchUri: absoluteAddress(launchUri, env().origin), launchLifetime };
  if (origin === 'api') return { launchLifetime };
  return refuse('no-launch-uri', `${client.name} has no launch URI. An administrator can add it to the registration.`);
}

/** Refuses a patient or encounter that the sandbox does not have, and an encounter of somebody else. */
export async function refuseResources(sandboxId: number, parameters: LaunchParameters) {
  const patient = textParameter(parameters, 'patient');
  const encounter = textParameter(parameters, 'encounter');
  const asked = [
    ...(patient ? [{ resourceType: 'Patient', id: patient }] : []),
    ...(encounter ? [{ resourceType: 'Encounter', id: encounter }] : []),
  ];
  if (asked.length === 0) return undefined;
  const found = await database().resource.findMany({
    where: { sandboxId, deleted: false, OR: asked },
    select: { resourceType: true, id: true, patients: true },
  });
  const missing = asked.find(({ resourceType }) => !found.some((resource) => resource.resourceType === resourceType));
  if (missing) return refuseMissing(missing);
  const visit = found.find(({ resourceType }) => resourceType === 'Encounter');
  if (!patient || !visit || visit.patients.includes(compartment(sandboxId, patient))) return undefined;
  return refuse(
    'foreign-encounter',
    `Encounter/${visit.id} is an encounter of another patient than Patient/${patient}.`,
  );
}

function refuseMissing({ resourceType, id }: { resourceType: string; id: string }) {
  const reason = resourceType === 'Patient' ? 'unknown-patient' : 'unknown-encounter';
  return refuse(reason, `There is no ${resourceType}/${id} in this sandbox.`);
}
