import { randomBytes } from 'node:crypto';
import { fhirBaseOf } from '#lib/env.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { checkLaunchParameters, type LaunchParameters, textParameter } from '#lib/smart/launch/context.ts';
import { LaunchHash, LaunchId } from '#lib/smart/launch/ids.ts';
import { type LaunchOrigin, readLaunchOrigin } from '#lib/smart/launch/origin.ts';
import { withoutReserved } from '#lib/smart/launch/reserved-names.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import type { LaunchContext as LaunchRow } from '#prisma/generated/client.ts';
import { unlessOrphaned } from '../database/constraint.ts';
import { database } from '../database/database.ts';
import { secretHash } from '../database/secret-hash.ts';
import { findUnfitReference } from './beyond-reach.ts';
import { findLaunchTarget, type LaunchRefusal, refuse } from './refusals.ts';

export type { LaunchRow };

/** A stored launch, which the app names by the launch id that it brings back. */
export interface Launch {
  launchHash: LaunchHash;
  sandboxId: number;
  clientId: string;
  /** The one user whose browser may use it; absent when a client that acts for no user registered it. */
  userId?: string;
  parameters: LaunchParameters;
  origin: LaunchOrigin;
  /** The client_id of the token that registered it over the API, or of the CDS service whose card opened the app. */
  createdBy?: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt?: Date;
  withdrawnAt?: Date;
}

export interface NewLaunch {
  sandboxId: number;
  clientId: string;
  userId?: string;
  parameters: unknown;
  origin: LaunchOrigin;
  createdBy?: string;
  /**
   * The permission of a member who launches from the EHR's pages; absent for API callers, whose reach was checked
   * before.
   */
  permission?: Permission;
  /** Whether the app's defaults are left out, because the user has seen them and `parameters` is what they chose. */
  withoutDefaults?: boolean;
}

/** A launch that was recorded, with the launch URI of its client; a client launched over the API may have none. */
export interface RecordedLaunch {
  /** The secret that the app brings back. Only its hash is stored, so nobody can see it later. */
  launchId: LaunchId;
  launch: Launch;
  launchUri?: string;
}

/**
 * Records a launch and its parameters under a new launch id: 256 random bits, single use, valid for the lifetime that
 * the sandbox sets. A refused launch stores nothing. A launch from the EHR's own pages needs a client with a launch
 * URI. The defaults of the app's registration apply unless `parameters` overrides them.
 */
export async function recordLaunch(asked: NewLaunch): Promise<RecordedLaunch | { refusal: LaunchRefusal }> {
  const checked = checkLaunchParameters(asked.parameters);
  if ('issue' in checked) return refuse('malformed-parameters', checked.issue);
  const { parameters } = checked;
  const about = { patient: textParameter(parameters, 'patient'), encounter: textParameter(parameters, 'encounter') };
  const client = await findLaunchTarget({ ...asked, ...about });
  if ('refusal' in client) return client;
  const { launchLifetime, defaults, slug, ...launched } = client;
  const beyond = await refuseReferences(asked, slug, parameters);
  if (beyond) return beyond;
  const now = new Date();
  const launchId = LaunchId.parse(randomBytes(32).toString('base64url'));
  const data = {
    launchId: hashLaunchId(launchId),
    sandboxId: asked.sandboxId,
    clientId: asked.clientId,
    userId: asked.userId ?? null,
    parameters: (asked.withoutDefaults ? parameters : { ...defaults, ...parameters }) as object,
    origin: asked.origin,
    createdBy: asked.createdBy ?? null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + launchLifetime * 1000),
  };
  const row = await database().launchContext.create({ data }).catch(unlessOrphaned);
  if (!row) return refuse('unknown-client', 'The app, or who opens it, was removed from this sandbox just now.');
  return { launchId, launch: toLaunch(row), ...launched };
}

/** Hashes a launch id for storage, so that whoever reads the database cannot open apps with it. */
export function hashLaunchId(launchId: LaunchId): LaunchHash {
  return LaunchHash.parse(secretHash(launchId));
}

/** The launch with this hash, of any sandbox and in any state. */
export async function findLaunch(launchHash: LaunchHash): Promise<Launch | undefined> {
  const row = await database().launchContext.findUnique({ where: { launchId: launchHash } });
  return row ? toLaunch(row) : undefined;
}

/** Withdraws a launch that was not used yet; false when this sandbox has no such launch. */
export async function withdrawLaunch(sandboxId: number, launchHash: LaunchHash): Promise<boolean> {
  const { count } = await database().launchContext.updateMany({
    where: { sandboxId, launchId: launchHash, usedAt: null, withdrawnAt: null },
    data: { withdrawnAt: new Date() },
  });
  return count === 1;
}

/** Converts a row to a launch; null columns become absent. Despite its name, the column `launch_id` holds the hash. */
export function toLaunch({
  launchId: launchHash,
  userId,
  createdBy,
  usedAt,
  withdrawnAt,
  parameters,
  origin,
  ...row
}: LaunchRow): Launch {
  return withoutUndefined({
    ...row,
    launchHash: LaunchHash.parse(launchHash),
    origin: readLaunchOrigin(origin),
    parameters: withoutReserved(parameters as LaunchParameters),
    userId: userId || undefined,
    createdBy: createdBy || undefined,
    usedAt: usedAt ?? undefined,
    withdrawnAt: withdrawnAt ?? undefined,
  });
}

/** Refuses references that the member may not read; the reach of API callers was checked before. */
async function refuseReferences(
  { sandboxId, permission }: NewLaunch,
  slug: string,
  parameters: LaunchParameters,
): Promise<{ refusal: LaunchRefusal } | undefined> {
  if (!permission) return undefined;
  const beyond = await findUnfitReference({ sandboxId, permission }, parameters, fhirBaseOf(slug));
  return beyond && refuse('unreachable-reference', `There is no ${beyond.reference}, or you may not read it.`);
}
