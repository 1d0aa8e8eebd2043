import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import type { LaunchNeeds } from '#lib/smart/client/choices.ts';
import type { LaunchParameters } from '#lib/smart/launch/context.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import { compartment } from '../database/compartment.ts';
import { name as alias, query, type Sql, sql } from '../database/sql.ts';
import { withinReach } from '../search/reach.ts';

/** The resources and the client that a launch names, with the permission of the member who launches. */
export interface LaunchSubjects {
  sandboxId: number;
  clientId: string;
  patient?: string | undefined;
  encounter?: string | undefined;
  /** The permission that must reach the patient and the encounter; absent when the reach was checked before. */
  permission?: Permission | undefined;
}

/** The subjects of a launch that the sandbox has, and that the member may see. */
export interface FoundSubjects {
  /** Slug of the sandbox. */
  slug: string;
  /** How long the launch ids of the sandbox are valid, in seconds. */
  launchLifetime: number;
  client?: { name: string; enabled: boolean; launchUri?: string; needs: LaunchNeeds; defaults: LaunchParameters };
  patient: boolean;
  encounter?: { ofPatient: boolean };
}

interface Row {
  slug: string;
  launchLifetime: number;
  name: string | null;
  enabled: boolean;
  launchUri: string | null;
  needs: LaunchNeeds;
  defaults: LaunchParameters;
  patient: boolean;
  /** Null when there is no such encounter. */
  ofPatient: boolean | null;
}

/** Finds everything that a launch names in one query. */
export async function findLaunchSubjects(subjects: LaunchSubjects): Promise<FoundSubjects> {
  const { sandboxId, clientId, patient, encounter } = subjects;
  const [row] = await query<Row>(
    sql`SELECT s.slug, s.launch_lifetime AS "launchLifetime", c.name, c.enabled, c.launch_uri AS "launchUri", c.needs::text,
        c.launch_defaults AS defaults,
        p.id IS NOT NULL AS patient, ${compartment(sandboxId, patient ?? '')} = ANY(e.patients) AS "ofPatient"
      FROM sandbox s
        LEFT JOIN client c ON c.sandbox_id = s.id AND c.client_id = ${clientId}
        LEFT JOIN resource p ON ${isResource(subjects, 'p', 'Patient', patient)} AND ${isWithinReach(subjects, 'p', 'Patient')}
        LEFT JOIN resource e ON ${isResource(subjects, 'e', 'Encounter', encounter)} AND ${isWithinReach(subjects, 'e', 'Encounter')}
      WHERE s.id = ${sandboxId}::int`,
  );
  if (!row) throw new Error('The sandbox of the launch is gone.');
  const { launchLifetime, name, enabled, launchUri, needs, defaults, ofPatient } = row;
  const client = { enabled, needs, defaults, launchUri: launchUri || undefined };
  return withoutUndefined({
    slug: row.slug,
    launchLifetime,
    patient: row.patient,
    client: name === null ? undefined : withoutUndefined({ name, ...client }),
    encounter: ofPatient === null ? undefined : { ofPatient },
  });
}

function isResource({ sandboxId }: LaunchSubjects, as: string, type: string, id: string | undefined): Sql {
  if (id === undefined) return sql`FALSE`;
  const row = alias(as);
  return sql`${row}.sandbox_id = ${sandboxId}::int AND ${row}.resource_type = ${type} AND ${row}.id = ${id}
    AND NOT ${row}.deleted`;
}

function isWithinReach({ sandboxId, permission }: LaunchSubjects, as: string, resourceType: string): Sql {
  return permission ? withinReach({ sandboxId, resourceType, alias: as }, permission, ['r']) : sql`TRUE`;
}
