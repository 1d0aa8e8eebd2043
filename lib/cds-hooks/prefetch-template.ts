import { isResourceType } from '#lib/fhir/definition/definitions.ts';
import type { HookContext } from './hooks.ts';

/** A FHIR request below the base, made from a prefetch template. */
export type PrefetchQuery =
  | { kind: 'read'; resourceType: string; id: string }
  | { kind: 'search'; resourceType: string; parameters: [name: string, value: string][] };

/** Values of prefetch tokens by name; unknown values are absent. */
export type PrefetchValues = Readonly<Record<string, string>>;

const token = /\{\{\s*([^{}]*?)\s*\}\}/g;
const userTypes = ['Practitioner', 'PractitionerRole', 'Patient', 'RelatedPerson'];

/**
 * Values of the prefetch tokens of a hook: the strings at the root of its context, and the ids of the current user.
 * @see https://cds-hooks.hl7.org/2.0/#prefetch-tokens
 */
export function prefetchValues(context: HookContext): PrefetchValues {
  const texts = Object.entries(context).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const values = Object.fromEntries(texts.map(([name, value]) => [`context.${name}`, value]));
  const [type = '', id] = context.userId.split('/');
  return id && userTypes.includes(type) ? { ...values, [`user${type}Id`]: id } : values;
}

/** The token names in a template, in order. */
function tokensOf(template: string): string[] {
  return [...template.matchAll(token)].map(([, name = '']) => name);
}

/** Fills in `template`; undefined if a token has no value, or the result is neither a read nor a search. */
export function fillTemplate(template: string, values: PrefetchValues): PrefetchQuery | undefined {
  if (!tokensOf(template).every((name) => Object.hasOwn(values, name)) || hasStrayBraces(template)) return undefined;
  const [path = '', query] = split(template);
  const named = fill(path, values, (value) => value);
  if (query !== undefined) return searchOf(named, fill(query, values, encodeURIComponent));
  const { resourceType, id } =
    /^(?<resourceType>[A-Z][A-Za-z]*)\/(?<id>[A-Za-z0-9\-.]{1,64})$/.exec(named)?.groups ?? {};
  return resourceType && id ? { kind: 'read', resourceType, id } : undefined;
}

/** Whether braces remain outside of complete tokens, as with an unclosed or nested token. */
function hasStrayBraces(template: string): boolean {
  return /\{\{|\}\}/.test(template.replace(token, ''));
}

function searchOf(resourceType: string, query: string): PrefetchQuery | undefined {
  if (!/^[A-Z][A-Za-z]*$/.test(resourceType)) return undefined;
  return { kind: 'search', resourceType, parameters: [...new URLSearchParams(query)] };
}

function split(template: string): [path: string, query?: string] {
  const start = template.indexOf('?');
  return start < 0 ? [template] : [template.slice(0, start), template.slice(start + 1)];
}

function fill(text: string, values: PrefetchValues, write: (value: string) => string): string {
  return text.replace(token, (_, name: string) => write(Object.hasOwn(values, name) ? (values[name] ?? '') : ''));
}

/** Sample values for these tokens, to find out which kind of request a template makes. */
function samplesFor(names: string[]): PrefetchValues {
  return Object.fromEntries(names.map((name) => [name, name === 'context.userId' ? 'Practitioner/x' : 'x']));
}

const knownTokens: ReadonlySet<string> = new Set([
  ...['userId', 'patientId', 'encounterId'].map((name) => `context.${name}`),
  ...userTypes.map((type) => `user${type}Id`),
]);

/** Why this EHR can never answer `template`, phrased to follow its key; undefined if it can. */
export function problemOfTemplate(template: string): string | undefined {
  const names = tokensOf(template);
  const unknown = names.find((name) => !knownTokens.has(name));
  if (unknown !== undefined) return `asks for {{${unknown}}}, which no hook has here`;
  const query = fillTemplate(template, samplesFor(names));
  if (!query) return 'is neither a read nor a search';
  return isResourceType(query.resourceType) ? undefined : `asks for ${query.resourceType}, which is no type of FHIR R4`;
}

/**
 * The smallest set of scopes with which every template can be answered: patient/ scopes where a template names the open
 * patient or encounter, user/ scopes otherwise.
 */
export function scopesOfPrefetch(prefetch: Record<string, string>): string[] {
  const scopes = Object.values(prefetch).flatMap((template) => {
    const names = tokensOf(template);
    const query = fillTemplate(template, samplesFor(names));
    if (!query) return [];
    const level = names.includes('context.patientId') || names.includes('context.encounterId') ? 'patient' : 'user';
    return [`${level}/${query.resourceType}`, query.kind === 'read' ? 'r' : 's'].join('.');
  });
  const verbs = Map.groupBy(scopes, (scope) => scope.slice(0, -2));
  // A search needs read access as well, because its Bundle contains the resources.
  return [...verbs].map(([name, asked]) => `${name}.${asked.some((scope) => scope.endsWith('s')) ? 'rs' : 'r'}`);
}
