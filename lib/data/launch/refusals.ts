import { ownOrigins } from '#lib/env.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { absoluteAddress } from '#lib/smart/app-address.ts';
import type { LaunchParameters } from '#lib/smart/launch/context.ts';
import type { LaunchOrigin } from '#lib/smart/launch/origin.ts';
import { type FoundSubjects, findLaunchSubjects, type LaunchSubjects } from './subjects.ts';

/** Why a launch was not recorded; `message` is for the person who requested it. */
export interface LaunchRefusal {
  reason:
    | 'malformed-parameters'
    | 'unknown-client'
    | 'disabled-client'
    | 'no-launch-uri'
    | 'patient-required'
    | 'encounter-required'
    | 'unknown-patient'
    | 'unknown-encounter'
    | 'foreign-encounter'
    | 'unreachable-reference';
  message: string;
}

/** A client that may be launched, with the settings that its launch needs. */
export interface LaunchTarget {
  /** Absolute; absent for some clients that are launched only over the API. */
  launchUri?: string;
  /** How long the launch ids of its sandbox are valid, in seconds. */
  launchLifetime: number;
  /** Slug of its sandbox. */
  slug: string;
  /** Parameters of its launches that do not override them. */
  defaults: LaunchParameters;
}

interface AskedLaunch extends LaunchSubjects {
  origin: LaunchOrigin;
}

type Refused = { refusal: LaunchRefusal } | undefined;

export function refuse(reason: LaunchRefusal['reason'], message: string): { refusal: LaunchRefusal } {
  return { refusal: { reason, message } };
}

/**
 * The client that is to be launched, or a refusal, after one query for everything that the launch names. From the EHR's
 * own pages the client needs a launch URI, over the API it does not. A member, who comes with a permission, is also
 * refused a patient or an encounter out of reach, like one that is not there, and a launch that lacks the patient or
 * encounter that the app needs.
 */
export async function findLaunchTarget(asked: AskedLaunch): Promise<LaunchTarget | { refusal: LaunchRefusal }> {
  const found = await findLaunchSubjects(asked);
  const refused = refuseClient(asked, found) ?? refuseResources(asked, found) ?? refuseMissing(asked, found);
  if (refused) return refused;
  const { slug, launchLifetime, client } = found;
  return withoutUndefined({
    slug,
    launchLifetime,
    defaults: client?.defaults ?? {},
    launchUri: client?.launchUri && absoluteAddress(client.launchUri, ownOrigins()),
  });
}

function refuseClient({ clientId, origin }: AskedLaunch, { client }: FoundSubjects): Refused {
  if (!client) return refuse('unknown-client', `No app with the client_id ${clientId} is registered in this sandbox.`);
  const { name, enabled, launchUri } = client;
  if (!enabled) return refuse('disabled-client', `${name} is disabled. An administrator can enable it.`);
  if (launchUri || origin === 'api') return undefined;
  return refuse('no-launch-uri', `${name} has no launch URI. An administrator can add it to the registration.`);
}

/** Refuses a patient or encounter that the sandbox does not have, and an encounter of another patient. */
function refuseResources({ patient, encounter }: AskedLaunch, found: FoundSubjects): Refused {
  if (patient && !found.patient) return refuse('unknown-patient', `There is no Patient/${patient} in this sandbox.`);
  if (encounter && !found.encounter)
    return refuse('unknown-encounter', `There is no Encounter/${encounter} in this sandbox.`);
  if (!patient || !found.encounter || found.encounter.ofPatient) return undefined;
  return refuse(
    'foreign-encounter',
    `Encounter/${encounter} is an encounter of another patient than Patient/${patient}.`,
  );
}

function refuseMissing({ permission, patient, encounter }: AskedLaunch, { client }: FoundSubjects): Refused {
  if (!permission || !client) return undefined;
  const { name, needs } = client;
  if (needs === 'encounter' && !encounter) return refuse('encounter-required', `${name} needs an encounter.`);
  if (patient || (!encounter && needs === 'none')) return undefined;
  return refuse('patient-required', `${name} needs a patient.`);
}
