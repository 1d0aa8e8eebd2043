import { auditEventType } from '#lib/fhir/audit/record.ts';
import type { ResourceScope, Verb } from '../scope/scope.ts';

/** What the bearer of a token, or a person at the EHR's own pages, may do with FHIR resources of one sandbox. */
export interface Permission {
  scopes: ResourceScope[];
  /** Id of the Patient that `patient/` scopes speak of; without one they permit nothing. */
  patient?: string;
  /** Ids of the Patients that `user/` scopes are confined to: a patient's own record and their children's. Undefined: all of the sandbox. */
  userPatients?: string[];
  /** Relative reference of the user's own resource, which their token may always read. */
  fhirUser?: string;
}

/** One way in which resources of a type are within reach. Several are alternatives; inside one, all must hold. */
export interface Reach {
  /** Only resources in the compartment of one of these Patients; undefined: no such limit. */
  patients?: string[];
  /** Only resources that match these search parameters. */
  parameters: [name: string, value: string][];
  /** Only the resource with this id. */
  id?: string;
}

/**
 * Every alternative by which `permission` lets `verb` be done on resources of `resourceType`; none means forbidden.
 * All FHIR interactions, from a plain read to an `_include`, ask this one function. Nobody reaches an AuditEvent by it:
 * the log has a door of its own, and what came with imported data is shown to nobody.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources
 */
export function reachOf(permission: Permission, resourceType: string, verb: Verb): Reach[] {
  if (resourceType === auditEventType) return [];
  const granted = permission.scopes.filter((scope) => covers(scope, resourceType, verb));
  const reaches = granted.flatMap((scope) => reachOfScope(permission, scope));
  return [...reaches, ...reachOfOwnResource(permission, resourceType, verb)];
}

function covers(scope: ResourceScope, resourceType: string, verb: Verb): boolean {
  return (scope.resourceType === '*' || scope.resourceType === resourceType) && scope.verbs.includes(verb);
}

function reachOfScope(permission: Permission, { level, parameters }: ResourceScope): Reach[] {
  if (level === 'system') return [{ parameters }];
  if (level === 'patient') return permission.patient ? [{ patients: [permission.patient], parameters }] : [];
  return permission.userPatients ? [{ patients: permission.userPatients, parameters }] : [{ parameters }];
}

/** An app learns who is signed in from `fhirUser`, and must be able to read what that names. */
function reachOfOwnResource({ fhirUser }: Permission, resourceType: string, verb: Verb): Reach[] {
  const [type, id] = fhirUser?.split('/') ?? [];
  return type === resourceType && id && verb === 'r' ? [{ id, parameters: [] }] : [];
}

/** The scope that a refused request lacked, in v2 form, at the level the token already works on. */
export function missingScope(permission: Permission, resourceType: string, verb: Verb): string {
  const level = permission.scopes[0]?.level ?? 'user';
  return `${level}/${resourceType}.${verb}`;
}
