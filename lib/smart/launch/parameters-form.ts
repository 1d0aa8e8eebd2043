import { z } from 'zod';
import { isWebAddress, isWebOrigin } from '#lib/address/web-address.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { checkLaunchParameters, type LaunchParameters } from './context.ts';
import { withoutReserved } from './reserved-names.ts';

const typed = z.string().optional();

/**
 * Launch parameters as they were typed, before any rule has judged them. The patient and the encounter are not among
 * them: people choose those from lists.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#launch-context-arrives-with-your-access_token
 */
export const TypedParameters = z.object({
  intent: typed,
  /** `true`, `false`, or '' to leave it out. */
  needPatientBanner: typed,
  /** One reference on each line, with its role after a space; or the whole array as JSON. */
  fhirContext: typed,
  /** Text, or an object or array as JSON. */
  appContext: typed,
  tenant: typed,
  styleUrl: typed,
  messagingOrigin: typed,
  /** A JSON object. */
  others: typed,
});

export type TypedParameters = z.infer<typeof TypedParameters>;

/** The launch parameters that were typed, or a sentence for each field that has an issue. */
export type ReadParameters =
  | { parameters: LaunchParameters; issues?: undefined }
  | { issues: Partial<Record<keyof TypedParameters, string>> };

/** Reads the typed fields of a launch's parameters. A blank field sets no parameter. */
export function readTypedParameters(sent: TypedParameters): ReadParameters {
  const issues: Partial<Record<keyof TypedParameters, string>> = {};
  const parameters: LaunchParameters = {};
  for (const [field, read] of Object.entries(readers) as [keyof TypedParameters, FieldReader][]) {
    const found = readField(sent[field], read, parameters);
    if ('issue' in found) issues[field] = found.issue;
    else Object.assign(parameters, found.parameters);
  }
  return Object.keys(issues).length > 0 ? { issues } : { parameters };
}

function readField(sent: string | undefined, read: FieldReader, before: LaunchParameters): ReturnType<FieldReader> {
  const text = sent?.trim() ?? '';
  if (text === '') return { parameters: {} };
  const found = read(text);
  const issue = 'issue' in found ? found.issue : issueOf(found.parameters, before);
  return issue ? { issue } : found;
}

type FieldReader = (text: string) => { parameters: LaunchParameters } | { issue: string };

const ownFields = ['patient', 'encounter'];

const readers: Record<keyof TypedParameters, FieldReader> = {
  intent: (text) => ({ parameters: { intent: text } }),
  needPatientBanner: (text) => ({ parameters: { need_patient_banner: text === 'true' } }),
  fhirContext: readFhirContext,
  appContext: (text) => ({ parameters: { appContext: readAppContext(text) } }),
  tenant: (text) => ({ parameters: { tenant: text } }),
  styleUrl: readStyleUrl,
  messagingOrigin: readOrigin,
  others: readOthers,
};

function issueOf(added: LaunchParameters, before: LaunchParameters): string | undefined {
  const twice = Object.keys(added).find((name) => name in before);
  if (twice) return `${twice} has a field of its own here.`;
  const checked = checkLaunchParameters(added);
  return 'issue' in checked ? checked.issue : undefined;
}

function readFhirContext(text: string): ReturnType<FieldReader> {
  if (!text.startsWith('[')) return { parameters: { fhirContext: lines(text).map(entryOf) } };
  const parsed = parseJson(text);
  if ('issue' in parsed) return parsed;
  return { parameters: { fhirContext: parsed.value } };
}

function entryOf(line: string): object {
  const [reference = '', role] = line.split(/\s+/, 2);
  return withoutUndefined({ reference, role });
}

/**
 * Reads `appContext`: JSON of an object or an array as that, since CDS services send both, and anything else as text.
 */
function readAppContext(text: string): unknown {
  const parsed = /^[[{]/.test(text) ? parseJson(text) : { issue: '' };
  return 'value' in parsed ? parsed.value : text;
}

function readStyleUrl(text: string): ReturnType<FieldReader> {
  return isWebAddress(text)
    ? { parameters: { smart_style_url: text } }
    : { issue: 'The style URL must be an http or https address.' };
}

function readOrigin(text: string): ReturnType<FieldReader> {
  return isWebOrigin(text)
    ? { parameters: { smart_messaging_origin: text } }
    : { issue: 'The messaging origin is scheme, host and port alone, such as https://ehr.example.org.' };
}

function readOthers(text: string): ReturnType<FieldReader> {
  const parsed = parseJson(text);
  if ('issue' in parsed) return parsed;
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { issue: 'Other values are one JSON object, such as {"ward": "3 West"}.' };
  }
  const chosen = ownFields.find((name) => Object.hasOwn(value, name));
  return chosen ? { issue: `Choose the ${chosen} above instead of naming it here.` } : { parameters: { ...value } };
}

function parseJson(text: string): { value: unknown } | { issue: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { issue: `This is not JSON: ${(error as Error).message}` };
  }
}

function lines(text: string): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => line.trim() || []);
}

/**
 * Launch parameters as the form shows them, but patient and encounter, which are chosen elsewhere on it. Every field is
 * named, even one without a text, so that the compiler reports a field that is forgotten here. Reserved names that were
 * stored before they were reserved are left out.
 */
export function toTypedParameters(parameters: LaunchParameters): Record<keyof TypedParameters, string | undefined> {
  const { patient: _patient, encounter: _encounter, ...named } = withoutReserved(parameters);
  const { intent, tenant, appContext, fhirContext, need_patient_banner: banner, ...more } = named;
  const { smart_style_url: styleUrl, smart_messaging_origin: messagingOrigin, ...others } = more;
  return {
    intent: text(intent),
    tenant: text(tenant),
    styleUrl: text(styleUrl),
    messagingOrigin: text(messagingOrigin),
    needPatientBanner: text(banner),
    appContext: text(appContext),
    fhirContext: text(fhirContext),
    others: Object.keys(others).length > 0 ? text(others) : undefined,
  };
}

function text(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return JSON.stringify(value, null, 2);
}
