import { parseScope, parseScopes, type ResourceScope, type Scope, splitScope, type Verb } from './scope.ts';

const allVerbs: Verb[] = ['c', 'r', 'u', 'd', 's'];

/**
 * Tells whether the registered scopes together permit everything that `requested` asks for. A wider type, more verbs
 * and fewer search parameters cover a narrower request; v1 and v2 scopes cover each other.
 */
export function covers(registered: Scope[], requested: Scope): boolean {
  if (requested.kind !== 'resource') return registered.some(({ text }) => text === requested.text);
  const permitted = registered.filter((scope) => scope.kind === 'resource').flatMap((scope) => reach(scope, requested));
  return requested.verbs.every((verb) => permitted.includes(verb));
}

/** The verbs that `registered` permits on all resources that `requested` is about. */
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
 * Narrows a requested `scope` to what a registration permits. A requested scope that is covered stays as it was
 * written, any other becomes the part that both have in common, and one that this server does not know is left out.
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

/** The user and the context of a grant, as far as they limit its scopes. */
export interface GrantSubject {
  role: 'admin' | 'clinician' | 'patient';
  patient?: string | undefined;
  encounter?: string | undefined;
  /** The resource that represents the user; null when none does. */
  fhirUser?: string | null | undefined;
}

/**
 * Narrows `scopes` to those that a user can grant: never `system/`, `patient/` only with a patient in context, and
 * `fhirUser` only when a resource represents the user. A patient can let an app read by `user/` scopes, but not write,
 * and cannot let it launch apps for others or introspect tokens.
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

/** Scopes about other apps and their users, which patients cannot grant. */
const beyondOwnRecord = new Set(['smart/orchestrate_launch', '__introspect']);

function permitsNamed(text: string, { role, patient, encounter, fhirUser }: GrantSubject): boolean {
  if (text === 'fhirUser') return fhirUser !== null;
  if (text === 'launch/patient') return patient !== undefined;
  if (text === 'launch/encounter') return encounter !== undefined;
  return !beyondOwnRecord.has(text) || role !== 'patient';
}

/**
 * Narrows `scopes` to those of a client that acts for no user: `system/` scopes, the right to register launches for
 * others, and introspection of any token.
 */
export function narrowToSystem(scopes: string[]): string[] {
  return scopes.filter((text) => {
    const scope = parseScope(text);
    return scope?.kind === 'resource' ? scope.level === 'system' : beyondOwnRecord.has(text);
  });
}
