import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { isId } from '#lib/fhir/reference/reference.ts';
import { issueOfJson } from '../storable-json.ts';
import { fhirContextOf, issueOfFhirContext } from './fhir-context.ts';
import { isReserved } from './reserved-names.ts';

/**
 * The values that a launch gives its app: `patient`, `encounter`, `need_patient_banner`, `intent`, any custom name.
 * They are kept in the form in which they were sent until a grant makes context of them.
 */
export type LaunchParameters = Record<string, unknown>;

/** The launch parameters that were granted, in the form in which apps receive them with each token. */
export type GrantContext = Record<string, unknown>;

/** Launch parameters that apps open or load, or by which they judge who speaks to them. */
const addresses = ['smart_style_url', 'smartStyleUrl', 'smart_messaging_origin'];

/** Launch parameters that must be strings, in every spelling that clients send. */
const texts = ['intent', 'tenant', 'smart_style_url', 'smartStyleUrl', 'smart_messaging_origin'];

/**
 * Checks launch parameters as a caller sent them.
 * @returns the parameters, with their JSON types kept, or their first issue as a sentence
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token
 */
export function checkLaunchParameters(sent: unknown): { parameters: LaunchParameters } | { issue: string } {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) {
    return { issue: 'parameters must be a JSON object, such as {"patient":"123"}.' };
  }
  const parameters = sent as LaunchParameters;
  const reserved = Object.keys(parameters).find(isReserved);
  if (reserved)
    return { issue: `${reserved} is a name by which the server describes the token or its user. Choose another name.` };
  const malformed = ['patient', 'encounter'].find((name) => name in parameters && !isId(parameters[name]));
  if (malformed) {
    return { issue: `${malformed} must be the id of a FHIR resource as a string, without its type in front.` };
  }
  const unclear = texts.find((name) => !isTextOrAbsent(parameters[name]));
  if (unclear) return { issue: `${unclear} must be a string.` };
  const astray = addresses.find((name) => !isWebAddressOrAbsent(parameters[name]));
  if (astray) return { issue: `${astray} must be an http or https address.` };
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

function isWebAddressOrAbsent(value: unknown): boolean {
  if (value === undefined || value === '') return true;
  return typeof value === 'string' && /^https?:\/\/[^/]/i.test(value) && URL.canParse(value);
}

/** The launch parameter `name` if it is a text that is not empty, such as `patient`; undefined for anything else. */
export function textParameter(parameters: LaunchParameters, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Turns launch parameters into the context of a grant, in the form of the token response: `need_patient_banner` becomes
 * a boolean, and is there whenever there is a patient (old clients send it as text), the style URL gets its specified
 * name, `fhirContext` holds objects, and everything else stays.
 */
export function toGrantContext(parameters: LaunchParameters): GrantContext {
  const { need_patient_banner: banner, smartStyleUrl, fhirContext: sentFhirContext, ...others } = parameters;
  const fhirContext = fhirContextOf(sentFhirContext);
  const open = Object.entries(others).filter(([name, value]) => !isReserved(name) && isFitToTell(name, value));
  const saysBanner = banner !== undefined || others.patient !== undefined;
  return withoutUndefined({
    ...Object.fromEntries(open),
    ...styleOf(others.smart_style_url ?? smartStyleUrl),
    fhirContext,
    need_patient_banner: saysBanner ? banner !== false && banner !== 'false' : undefined,
  });
}

/** Whether a parameter becomes context: launches of earlier versions may hold addresses of any scheme. */
function isFitToTell(name: string, value: unknown): boolean {
  return (
    value !== undefined && name !== 'smart_style_url' && (!addresses.includes(name) || isWebAddressOrAbsent(value))
  );
}

function styleOf(address: unknown): { smart_style_url?: unknown } {
  return address === undefined || !isWebAddressOrAbsent(address) ? {} : { smart_style_url: address };
}
