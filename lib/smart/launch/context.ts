import { isId } from '#lib/fhir/reference/reference.ts';
import { faultOfJson } from '../storable-json.ts';
import { faultOfFhirContext, fhirContextOf } from './fhir-context.ts';

/** What the EHR tells an app beside its tokens: `patient`, `encounter`, `need_patient_banner`, `intent`, any custom name. */
export type LaunchParameters = Record<string, unknown>;

/** Members that the token response or an OAuth error gives a meaning of their own, which no launch may overwrite. */
const reservedNames: ReadonlySet<string> = new Set([
  'access_token',
  'token_type',
  'expires_in',
  'scope',
  'refresh_token',
  'id_token',
  'authorization_details',
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'error_uri',
  'issued_token_type',
  'refresh_token_expires_in',
  '__proto__',
  'constructor',
  'prototype',
]);

/** Context values that are texts, in every spelling that clients send. */
const texts = ['intent', 'tenant', 'smart_style_url', 'smartStyleUrl', 'smart_messaging_origin'];

/**
 * Checks launch parameters as a caller sent them.
 * @returns the parameters with their JSON types kept, or the sentence that says what is wrong with them.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token
 */
export function checkLaunchParameters(sent: unknown): { parameters: LaunchParameters } | { problem: string } {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    return { problem: 'parameters must be a JSON object, such as {"patient":"123"}.' };
  }
  const parameters = sent as LaunchParameters;
  const reserved = Object.keys(parameters).find((name) => reservedNames.has(name));
  if (reserved) return { problem: `${reserved} is a name that the token response uses itself. Choose another name.` };
  const malformed = ['patient', 'encounter'].find((name) => name in parameters && !isId(parameters[name]));
  if (malformed) {
    return { problem: `${malformed} must be the id of a FHIR resource as a string, without its type in front.` };
  }
  const unclear = texts.find((name) => !isTextOrAbsent(parameters[name]));
  if (unclear) return { problem: `${unclear} must be a string.` };
  const fault = faultOfContext(parameters);
  return fault ? { problem: `${fault}.` } : { parameters };
}

function faultOfContext(parameters: LaunchParameters): string | undefined {
  const unstorable = faultOfJson(parameters);
  if (unstorable) return `parameters ${unstorable}`;
  return parameters.fhirContext === undefined ? undefined : faultOfFhirContext(parameters.fhirContext);
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

/** A launch parameter that is a text, such as `patient`; undefined for anything else. */
export function textParameter(parameters: LaunchParameters, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * The launch parameters as the token response carries them: `need_patient_banner` is a boolean whenever there is a
 * patient (clients of the first generation sent it as text), the style URL has its specified name, `fhirContext` holds
 * objects, all else stays.
 */
export function tokenResponseContext(parameters: LaunchParameters): LaunchParameters {
  const { need_patient_banner: banner, smartStyleUrl, fhirContext: sentContext, ...others } = parameters;
  const fhirContext = fhirContextOf(sentContext);
  const open = Object.entries(others).filter(([name, value]) => !reservedNames.has(name) && value !== undefined);
  return {
    ...Object.fromEntries(open),
    ...(smartStyleUrl !== undefined && others.smart_style_url === undefined ? { smart_style_url: smartStyleUrl } : {}),
    ...(fhirContext ? { fhirContext } : {}),
    ...(banner !== undefined || others.patient !== undefined
      ? { need_patient_banner: banner !== false && banner !== 'false' }
      : {}),
  };
}
