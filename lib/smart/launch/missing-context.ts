import { speaksOfPatient } from '../scope/speaks-of-patient.ts';
import { type LaunchParameters, textParameter } from './context.ts';

/** A choice that the user must make before an app can be granted its context. */
export type ContextChoice = 'patient' | 'encounter';

/**
 * The next choice that the user must make; undefined: none. `launch/patient` and `launch/encounter` ask for one. An app
 * that starts outside the EHR with `patient/` scopes needs a patient too, while an EHR launch without one is meant to
 * have none.
 * @param launched whether the EHR launched the app
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#requesting-context-with-scopes
 */
export function missingContext(
  scopes: string[],
  parameters: LaunchParameters,
  launched: boolean,
): ContextChoice | undefined {
  const wantsEncounter = scopes.includes('launch/encounter');
  const wantsPatient = wantsEncounter || scopes.includes('launch/patient') || (!launched && speaksOfPatient(scopes));
  if (wantsPatient && !textParameter(parameters, 'patient')) return 'patient';
  return wantsEncounter && !textParameter(parameters, 'encounter') ? 'encounter' : undefined;
}
