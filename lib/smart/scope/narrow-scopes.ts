import { parseScope, parseScopes, type ResourceScope, type Scope, splitScope, type Verb } from './scope.ts';

const allVerbs: Verb[] = ['c', 'r', 'u', 'd', 's'];

/**
 * Whether a registration permits all of what `requested` asks for.
 * A wider type, more verbs and fewer search parameters cover a narrower request; versions do not matter.
 */
export function covers(registered: Scope[], requested: Scope): boolean {
  if (requested.kind !== 'resource') return registered.some(({ text }) => text === requested.text);
  const permitted = registered.filter((scope) => scope.kind === 'resource').flatMap((scope) => reach(scope, requested));
  return requested.verbs.every((verb) => permitted.includes(verb));
}

/** The verbs of `registered` that hold for everything `requested` speaks of. */
function reach(registered: ResourceScope, requested: ResourceScope): Verb[] {
  const sameLevel = registered.level === requested.level;
  const coversType = registered.resourceType === '*' || registered.resourceType === requested.resourceType;
  const coversFilter = registered.parameters.every((parameter) => includes(requested.parameters, parameter));
  return sameLevel && coversType && coversFilter ? registered.verbs : [];
}

function includes(parameters: [string, string][], [name, value]: [string, string]): boolean {
  return parameters.some(([otherName, otherValue]) => otherName === name && otherValue === value);
}

/**
 * What of the requested `scope` a registration permits, as the texts of scopes: each request that is covered as it was
 * written, of any other the part that both have in common. What this server does not know is left out.
 */
export function narrowToRegistration(scope: string, registration: string): string[] {
  const registered = parseScopes(registration);
  const permitted = splitScope(scope).flatMap((text) => {
    const requested = parseScope(text);
    return requested ? narrow(requested, registered) : [];
  });
  return [...new Set(permitted)];
}

function narrow(requested: Scope, registered: Scope[]): string[] {
  if (covers(registered, requested)) return [requested.text];
  if (requested.kind !== 'resource') return [];
  const resources = registered.filter((scope) => scope.kind === 'resource');
  return resources.flatMap((scope) => intersection(requested, scope) ?? []);
}

function intersection(one: ResourceScope, other: ResourceScope): string | undefined {
  const verbs = one.verbs.filter((verb) => other.verbs.includes(verb));
  const types = [...new Set([one.resourceType, other.resourceType])].filter((type) => type !== '*');
  if (one.level !== other.level || verbs.length === 0 || types.length > 1) return undefined;
  const parameters = [
    ...one.parameters,
    ...other.parameters.filter((parameter) => !includes(one.parameters, parameter)),
  ];
  return writeScope({ level: one.level, resourceType: types[0] ?? '*', verbs, parameters, version: one.version });
}

/** A resource scope as text: in the v1 form where `version` is 1 and the verbs have a v1 name, else in the v2 form. */
function writeScope(scope: Omit<ResourceScope, 'kind' | 'text'>): string {
  const { level, resourceType, parameters, version } = scope;
  const letters = allVerbs.filter((verb) => scope.verbs.includes(verb)).join('');
  const older = { rs: 'read', cud: 'write', cruds: '*' }[letters];
  const access = version === 1 && older && parameters.length === 0 ? older : letters;
  const query = parameters.map(([name, value]) => `${name}=${value}`).join('&');
  return `${level}/${resourceType}.${access}${query ? `?${query}` : ''}`;
}

/** Whom and what a grant is about, as far as it limits scopes. */
export interface GrantSubject {
  role: 'admin' | 'clinician' | 'patient';
  patient?: string | undefined;
  encounter?: string | undefined;
  /** The resource that stands for the user; null when none does. */
  fhirUser?: string | null | undefined;
}

/**
 * What of `scopes` a person may give to an app: never `system/`; `patient/` only with a patient in context;
 * `fhirUser` only when there is such a resource; a patient may let an app read what `user/` reaches, but not change it,
 * and cannot have it launch apps for others.
 */
export function narrowToSubject(scopes: string[], subject: GrantSubject): string[] {
  return scopes.flatMap((text) => {
    const scope = parseScope(text);
    if (scope?.kind === 'resource') return narrowResourceScope(scope, subject);
    return scope?.kind === 'named' && permitsNamed(text, subject) ? [text] : [];
  });
}

function narrowResourceScope(scope: ResourceScope, { role, patient }: GrantSubject): string[] {
  if (scope.level === 'system') return [];
  if (scope.level === 'patient') return patient ? [scope.text] : [];
  if (role !== 'patient') return [scope.text];
  const verbs = scope.verbs.filter((verb) => verb === 'r' || verb === 's');
  if (verbs.length === scope.verbs.length) return [scope.text];
  return verbs.length > 0 ? [writeScope({ ...scope, verbs })] : [];
}

/** Scopes about other apps and their users, which reach beyond a patient's own record. */
const beyondOwnRecord = new Set(['smart/orchestrate_launch', '__introspect']);

function permitsNamed(text: string, { role, patient, encounter, fhirUser }: GrantSubject): boolean {
  if (text === 'fhirUser') return fhirUser !== null;
  if (text === 'launch/patient') return patient !== undefined;
  if (text === 'launch/encounter') return encounter !== undefined;
  return !beyondOwnRecord.has(text) || role !== 'patient';
}

/**
 * What of `scopes` a client may have that acts for no user: `system/` scopes, registering launches for others, and
 * introspection of any token.
 */
export function narrowToSystem(scopes: string[]): string[] {
  return scopes.filter((text) => {
    const scope = parseScope(text);
    return scope?.kind === 'resource' ? scope.level === 'system' : beyondOwnRecord.has(text);
  });
}
