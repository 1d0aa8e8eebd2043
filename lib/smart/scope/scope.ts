/** The level of a resource scope: one patient's record, a user's reach, or a backend service's. */
type ScopeLevel = 'patient' | 'user' | 'system';

/** One letter of `cruds`: create, read, update, delete, search. */
export type Verb = 'c' | 'r' | 'u' | 'd' | 's';

/** A clinical scope such as `patient/Observation.rs?category=laboratory`. */
export interface ResourceScope {
  kind: 'resource';
  /** The scope exactly as it was written. */
  text: string;
  level: ScopeLevel;
  /** A resource type, or `*` for all of them. */
  resourceType: string;
  verbs: Verb[];
  /** Search parameters that narrow it (v2 granular scopes); all must match. */
  parameters: [name: string, value: string][];
  version: 1 | 2;
}

/** A scope about launch, identity or lifetime, such as `launch/patient` or `offline_access`. */
interface NamedScope {
  kind: 'named';
  text: string;
}

/** The OpenMRS form in which a launch id travels inside `scope`: `launch:{id}`. */
interface LaunchIdScope {
  kind: 'launch-id';
  text: string;
  launchId: string;
}

export type Scope = ResourceScope | NamedScope | LaunchIdScope;

/** Every scope that this server knows beside the resource scopes. */
export const namedScopes = [
  'openid',
  'fhirUser',
  'profile',
  'launch',
  'launch/patient',
  'launch/encounter',
  'offline_access',
  'online_access',
  'smart/orchestrate_launch',
  // An extension of this server, hence the two underscores that SMART asks for: introspects tokens of any client.
  '__introspect',
] as const;

const resourceScope =
  /^(?<level>patient|user|system)\/(?<resourceType>\*|[A-Z][A-Za-z]{1,63})\.(?<access>read|write|\*|c?r?u?d?s?)(?:\?(?<query>[^\s?]+))?$/;

const versionOne = new Map<string, Verb[]>(
  Object.entries<Verb[]>({
    read: ['r', 's'],
    write: ['c', 'u', 'd'],
    '*': ['c', 'r', 'u', 'd', 's'],
  }),
);

/**
 * Reads one scope; undefined for anything SMART App Launch does not define.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html
 */
export function parseScope(text: string): Scope | undefined {
  if ((namedScopes as readonly string[]).includes(text)) return { kind: 'named', text };
  if (/^launch:[\x21\x23-\x5b\x5d-\x7e]{1,255}$/.test(text)) {
    return { kind: 'launch-id', text, launchId: text.slice('launch:'.length) };
  }
  return parseResourceScope(text);
}

function parseResourceScope(text: string): ResourceScope | undefined {
  const { level, resourceType, access, query } = resourceScope.exec(text)?.groups ?? {};
  if (!level || !resourceType || !access) return undefined;
  const older = versionOne.get(access);
  if (older && query) return undefined;
  const parameters = parseParameters(query);
  if (!parameters) return undefined;
  return {
    kind: 'resource',
    text,
    level: level as ScopeLevel,
    resourceType,
    verbs: older ?? ([...access] as Verb[]),
    parameters,
    version: older ? 1 : 2,
  };
}

function parseParameters(query: string | undefined): [string, string][] | undefined {
  if (query === undefined) return [];
  const parameters = [...new URLSearchParams(query)];
  return parameters.every(([name, value]) => name !== '' && value !== '') ? parameters : undefined;
}

/** The distinct scopes of a space-delimited `scope` value that this server understands, in their order. */
export function parseScopes(scope: string): Scope[] {
  return splitScope(scope).flatMap((text) => parseScope(text) ?? []);
}

/** The resource scopes among `scope`. */
export function resourceScopes(scope: string): ResourceScope[] {
  return parseScopes(scope).filter((parsed) => parsed.kind === 'resource');
}

/** The distinct words of a space-delimited `scope` value. */
export function splitScope(scope: string): string[] {
  return [...new Set(scope.split(' ').filter(Boolean))];
}
