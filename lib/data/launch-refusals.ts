import { env } from '#lib/env.ts';
import { absoluteAddress } from '#lib/smart/app-address.ts';
import { type LaunchParameters, textParameter } from '#lib/smart/launch-context.ts';
import { database } from './database.ts';
import { compartment } from './resource-rows.ts';

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

interface LaunchedClient {
  sandboxId: number;
  clientId: string;
  origin: 'ui' | 'api';
}

export function refuse(reason: LaunchRefusal['reason'], message: string): { refusal: LaunchRefusal } {
  return { refusal: { reason, message } };
}

/** The launch URI of a client that may be launched: the EHR's own pages need one, callers of the API may do without. */
export async function findLaunchUri({ sandboxId, clientId, origin }: LaunchedClient) {
  const client = await database().client.findUnique({
    where: { sandboxId_clientId: { sandboxId, clientId } },
    select: { name: true, enabled: true, launchUri: true },
  });
  if (!client) return refuse('unknown-client', `No app with the client_id ${clientId} is registered in this sandbox.`);
  if (!client.enabled) return refuse('disabled-client', `${client.name} is disabled. An administrator can enable it.`);
  if (client.launchUri) return { launchUri: absoluteAddress(client.launchUri, env().origin) };
  if (origin === 'api') return {};
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
