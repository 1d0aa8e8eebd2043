import { findBeyondReach } from '#lib/data/launch/beyond-reach.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { type LaunchParameters, textParameter } from '#lib/smart/launch/context.ts';
import { customaryReferences, fhirContextReferences } from '#lib/smart/launch/fhir-context.ts';
import type { Caller } from '../request/bearer.ts';
import { badRequest, beyondReach } from './launch-error.ts';

/**
 * Refuses parameters that name what the calling token may not see itself: otherwise whoever can register launches
 * could widen what a token reaches.
 * @throws LaunchError 403, or 400 for what the sandbox does not have
 */
export async function refuseBeyondReach(caller: Caller, parameters: LaunchParameters): Promise<void> {
  const { sandbox, permission } = caller;
  const patient = textParameter(parameters, 'patient');
  const encounter = textParameter(parameters, 'encounter');
  const base = fhirBaseOf(sandbox.slug);
  const references = [
    ...(patient && patient !== permission.patient ? [`Patient/${patient}`] : []),
    ...(encounter ? [`Encounter/${encounter}`] : []),
    ...fhirContextReferences(parameters.fhirContext, base),
  ];
  const customary = customaryReferences(parameters, base);
  const found = await findBeyondReach(caller, [...references, ...customary]);
  // A customary name may as well mean something that is no resource here.
  const beyond = found.find(({ reference, exists }) => exists || references.includes(reference));
  if (!beyond) return;
  const { reference, exists } = beyond;
  if (exists) throw beyondReach(`The access token may not read ${reference}, so it cannot put it into a launch.`);
  throw badRequest(`There is no ${reference} in this sandbox.`);
}
