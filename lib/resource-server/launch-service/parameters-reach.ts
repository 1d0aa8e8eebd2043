import { findUnfitReference } from '#lib/data/launch/beyond-reach.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { type LaunchParameters, textParameter } from '#lib/smart/launch/context.ts';
import type { Caller } from '../request/bearer.ts';
import { badRequest, beyondReach } from './launch-error.ts';

/**
 * Refuses parameters that name resources which the calling token may not read: otherwise registering launches would
 * widen its reach. What is not there is refused like what may not be read, so that ids cannot be guessed.
 * @throws LaunchError 403, or 400 for what does not exist among resources that the token may read all of
 */
export async function refuseBeyondReach(caller: Caller, parameters: LaunchParameters): Promise<void> {
  const { sandbox, permission } = caller;
  const patient = textParameter(parameters, 'patient');
  const encounter = textParameter(parameters, 'encounter');
  const base = fhirBaseOf(sandbox.slug);
  const subjects = [
    ...(patient && patient !== permission.patient ? [`Patient/${patient}`] : []),
    ...(encounter ? [`Encounter/${encounter}`] : []),
  ];
  const beyond = await findUnfitReference(caller, parameters, base, subjects);
  if (!beyond) return;
  const { reference, missing } = beyond;
  if (missing) throw badRequest(`There is no ${reference} in this sandbox.`);
  const why = `There is no ${reference} in this sandbox, or the access token may not read it`;
  throw beyondReach(`${why}, so it cannot put it into a launch.`);
}
