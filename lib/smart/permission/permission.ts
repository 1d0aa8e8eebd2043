import { auditEventType } from '#lib/fhir/audit/record.ts';
import type { ResourceScope, Verb } from '../scope/scope.ts';

/** The rights of the bearer of a token, or of a member at the EHR's own pages, over the FHIR resources of a sandbox. */
export interface Permission {
  scopes: ResourceScope[];
  /** Id of the Patient that `patient/` scopes are about; without one they permit nothing. */
  patient?: string;
  /** Ids of the Patients to whose records `user/` scopes are confined; undefined: not confined. */
  userPatients?: string[];
  /** Relative reference of the user's own resource, which their token may always read. */
  fhirUser?: string;
  /** Relative references to what the launch context names beside the patient; whoever writes may refer to it. */
  context?: readonly string[];
}

/** One set of conditions under which resources of a type are within reach. All of its members must hold. */
export interface Reach {
  /** Only resources in the compartment of one of these Patients; undefined: no such limit. */
  patients?: string[];
  /** Only resources that match these search parameters. */
  parameters: [name: string, value: string][];
  /** Only the resource with this id. */
  id?: string;
  /** Only a Group that has nobody but these Patients, each named by a literal reference. */
  alone?: true;
}

/**
 * The alternative conditions under which `permission` allows `verb` on resources of `resourceType`; none: it is
 * forbidden. Every FHIR interaction, from a plain read to an `_include`, asks this one function. It never allows
 * AuditEvents: the audit log is read by a way of its own (`audit-permission.ts`), and AuditEvents that were imported
 * are shown to nobody.
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources
 */
export function reachOf(permission: Permission, resourceType: string, verb: Verb): Reach[] {
  if (resourceType === auditEventType) return [];
  const granted = permission.scopes.filter((scope) => covers(scope, resourceType, verb));
  const reaches = granted
    .flatMap((scope) => reachOfScope(permission, scope))
    .map((reach) => ofType(resourceType, reach));
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

/** A Group tells who else is in it, so a patient reaches none that has other members. */
function ofType(resourceType: string, reach: Reach): Reach {
  return resourceType === 'Group' && reach.patients ? { ...reach, alone: true } : reach;
}

/** The reach of the user's own resource: `fhirUser` names it to the app, which must be able to read it then. */
function reachOfOwnResource({ fhirUser }: Permission, resourceType: string, verb: Verb): Reach[] {
  const [type, id] = fhirUser?.split('/') ?? [];
  return type === resourceType && id && verb === 'r' ? [{ id, parameters: [] }] : [];
}

/**
 * Ids of the patients to whom some of the alternatives are confined by which `permission` allows `verb`; undefined when
 * none of them is confined to patients.
 */
export function confinedTo(permission: Permission, resourceType: string, verb: Verb): string[] | undefined {
  const confined = reachOf(permission, resourceType, verb).flatMap(({ patients }) => (patients ? [patients] : []));
  return confined.length > 0 ? [...new Set(confined.flat())] : undefined;
}

/** What is left of `permission` without the scopes that are confined to patients. */
export function unconfined(permission: Permission): Permission {
  const isFree = ({ level }: ResourceScope) => level === 'system' || (level === 'user' && !permission.userPatients);
  return { scopes: permission.scopes.filter(isFree) };
}

/**
 * The scope that a refused request lacked, in v2 form, at the level of the scopes that the token has. Patients write by
 * `patient/` scopes alone.
 */
export function missingScope(permission: Permission, resourceType: string, verb: Verb): string {
  const isPatientsWrite = permission.userPatients && verb !== 'r' && verb !== 's';
  const level = isPatientsWrite ? 'patient' : (permission.scopes[0]?.level ?? 'user');
  return `${level}/${resourceType}.${verb}`;
}
