import { speaksOfPatient } from '../scope/speaks-of-patient.ts';
import { type LaunchParameters, textParameter } from './context.ts';

/** What the user still has to choose before an app can be granted a context. */
export type ContextChoice = 'patient' | 'encounter';

/**
 * The next choice the user has to make. `launch/patient` and `launch/encounter` ask for one; an app that starts on its
 * own with `patient/` scopes needs a patient too, while an EHR launch without a patient means to have none.
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
