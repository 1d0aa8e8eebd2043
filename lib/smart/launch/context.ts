import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { issueOfJson } from '../storable-json.ts';
import { fhirContextOf, issueOfFhirContext } from './fhir-context.ts';

/**
 * What a launch is to tell its app: `patient`, `encounter`, `need_patient_banner`, `intent`, any custom name. They stay
 * parameters, as somebody sent them, until they are granted.
 */
export type LaunchParameters = Record<string, unknown>;

/** What the tokens of a grant carry beside themselves: the launch parameters that were granted, as apps receive them. */
export type GrantContext = Record<string, unknown>;

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

/** Launch parameters that are texts, in every spelling that clients send. */
const texts = ['intent', 'tenant', 'smart_style_url', 'smartStyleUrl', 'smart_messaging_origin'];

/**
 * Checks launch parameters as a caller sent them.
 * @returns the parameters with their JSON types kept, or the sentence that says what is wrong with them.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token
 */
export function checkLaunchParameters(sent: unknown): { parameters: LaunchParameters } | { issue: string } {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    return { issue: 'parameters must be a JSON object, such as {"patient":"123"}.' };
  }
  const parameters = sent as LaunchParameters;
  const reserved = Object.keys(parameters).find((name) => reservedNames.has(name));
  if (reserved) return { issue: `${reserved} is a name that the token response uses itself. Choose another name.` };
  const malformed = ['patient', 'encounter'].find((name) => name in parameters && !isId(parameters[name]));
  if (malformed) {
    return { issue: `${malformed} must be the id of a FHIR resource as a string, without its type in front.` };
  }
  const unclear = texts.find((name) => !isTextOrAbsent(parameters[name]));
  if (unclear) return { issue: `${unclear} must be a string.` };
  const issue = issueOfValues(parameters);
  return issue ? { issue: `${issue}.` } : { parameters };
}

function issueOfValues(parameters: LaunchParameters): string | undefined {
  const unstorable = issueOfJson(parameters);
  if (unstorable) return `parameters ${unstorable}`;
  return parameters.fhirContext === undefined ? undefined : issueOfFhirContext(parameters.fhirContext);
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
 * Makes the context of a grant out of its launch parameters, in the form of the token response: `need_patient_banner`
 * is a boolean whenever there is a patient (clients of the first generation sent it as text), the style URL has its
 * specified name, `fhirContext` holds objects, and all else stays.
 */
export function toGrantContext(parameters: LaunchParameters): GrantContext {
  const { need_patient_banner: banner, smartStyleUrl, fhirContext: sentFhirContext, ...others } = parameters;
  const fhirContext = fhirContextOf(sentFhirContext);
  const open = Object.entries(others).filter(([name, value]) => !reservedNames.has(name) && value !== undefined);
  const saysBanner = banner !== undefined || others.patient !== undefined;
  return withoutUndefined({
    ...Object.fromEntries(open),
    smart_style_url: others.smart_style_url === undefined ? smartStyleUrl : others.smart_style_url,
    fhirContext,
    need_patient_banner: saysBanner ? banner !== false && banner !== 'false' : undefined,
  });
}
