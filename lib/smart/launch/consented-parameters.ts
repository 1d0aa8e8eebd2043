import { speaksOfPatient } from '../scope/speaks-of-patient.ts';
import type { LaunchParameters } from './context.ts';

/** The parameters about the app's looks, which tell nothing about anybody. */
const presentation = ['need_patient_banner', 'smart_style_url', 'smartStyleUrl'];

/**
 * Narrows a launch's parameters to those that the user consented to: declining a scope about the launch removes its
 * parameters. The patient stays as long as the app has `patient/` scopes, which mean nothing without one.
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
