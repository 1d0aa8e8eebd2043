import { speaksOfPatient } from '../scope/speaks-of-patient.ts';
import type { LaunchParameters } from './context.ts';

/** What says how the app shall look, and nothing about anybody. */
const presentation = ['need_patient_banner', 'smart_style_url', 'smartStyleUrl'];

/**
 * Narrows a launch's parameters to what the user consented to: a scope about the launch that was offered and declined
 * takes its parameters away. A patient whose record the app may read stays in any case: `patient/` scopes mean nothing
 * without one.
 * @param offered the scopes that the user was asked for
 * @param granted those of them that the app gets
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#launch-context-scopes
 */
export function consentedParameters(
  parameters: LaunchParameters,
  offered: readonly string[],
  granted: readonly string[],
): LaunchParameters {
  const declined = (scope: string) => offered.includes(scope) && !granted.includes(scope);
  if (declined('launch')) return only(parameters, [...presentation, ...(speaksOfPatient(granted) ? ['patient'] : [])]);
  if (granted.includes('launch')) return parameters;
  if (declined('launch/patient') && !speaksOfPatient(granted)) return without(parameters, ['patient', 'encounter']);
  return declined('launch/encounter') ? without(parameters, ['encounter']) : parameters;
}

function only(parameters: LaunchParameters, names: string[]): LaunchParameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => names.includes(name)));
}

function without(parameters: LaunchParameters, names: string[]): LaunchParameters {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !names.includes(name)));
}
