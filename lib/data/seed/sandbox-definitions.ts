import { isDeepStrictEqual } from 'node:util';
import type { Brand } from '#lib/smart/brand/brand.ts';
import type { ClientRegistration } from '#lib/smart/client/registration.ts';
import type { RegistrationMode } from '#lib/smart/dynamic/registration-mode.ts';
import type { LaunchScenario } from '#lib/smart/scenario/launch-scenario.ts';
import { applyCdsService, type DefinedCdsService } from '../cds/services.ts';
import { toColumns } from '../client/client.ts';
import { putClient } from '../client/locked-client.ts';
import { requireTransaction } from '../database/ambient.ts';
import { database } from '../database/database.ts';
import { execute, sql } from '../database/sql.ts';
import { applyScenario } from '../launch/scenarios.ts';
import { applyUser, type HashedUser, type UserDefinition } from '../member/defined-users.ts';
import { storable } from '../sandbox/brands.ts';

/** A sandbox as a sandbox file describes it, without its data. */
export interface SandboxDefinition {
  slug: string;
  name: string;
  launchLifetimeSeconds: number;
  /** Settings that are left out stay as they are. */
  orchestrateScopeRequired?: boolean | undefined;
  accessTokenLifetimeSeconds?: number | undefined;
  refreshTokenLifetimeSeconds?: number | undefined;
  /** Who may register apps dynamically; left out, it stays as it is, in a new sandbox nobody. */
  registration?: RegistrationMode | undefined;
  /** Left out, the brand stays as it is. */
  brand?: Brand | undefined;
  users: UserDefinition[];
  clients: (ClientRegistration & { clientId: string; clientSecret?: string | undefined })[];
  cdsServices?: DefinedCdsService[];
  scenarios?: LaunchScenario[];
}

/** A client of a definition with the hash of its secret, null when it has none, instead of the secret. */
export type HashedClient = Omit<SandboxDefinition['clients'][number], 'clientSecret'> & {
  clientSecretHash: string | null;
};

/** A definition with hashes instead of secrets, ready to be written in a transaction. */
export interface HashedDefinition extends Omit<SandboxDefinition, 'users' | 'clients'> {
  users: HashedUser[];
  clients: HashedClient[];
}

/** Gives a sandbox that was just made what its definition says; `withHashes` has hashed the secrets before. */
export async function applySandboxDefinition(sandboxId: number, definition: HashedDefinition): Promise<void> {
  requireTransaction();
  const { users, clients, cdsServices = [], scenarios = [] } = definition;
  await applySettings(sandboxId, settingColumns(definition));
  for (const user of users) await applyUser(sandboxId, user);
  for (const { clientId, clientSecretHash, ...registration } of clients)
    await putClient(sandboxId, clientId, { ...toColumns(registration), clientSecretHash });
  for (const service of cdsServices) await applyCdsService(sandboxId, service);
  for (const scenario of scenarios) await applyScenario(sandboxId, scenario);
}

/**
 * Writes settings of a sandbox, but only when something has changed, since apps see the time of the last change.
 * @returns whether something had changed
 */
export async function applySettings(id: number, columns: Partial<ReturnType<typeof settingColumns>>): Promise<boolean> {
  const names = Object.keys(columns);
  if (names.length === 0) return false;
  const select = Object.fromEntries(names.map((column) => [column, true]));
  const current = await database().sandbox.findUniqueOrThrow({ where: { id }, select });
  if (isDeepStrictEqual(current, columns)) return false;
  await database().sandbox.update({ where: { id }, data: { ...columns, settingsVersion: { increment: 1 } } });
  return true;
}

/** The settings that a definition contains, as columns. */
export function settingColumns(definition: Partial<Omit<SandboxDefinition, 'slug' | 'users' | 'clients'>>) {
  const columns = {
    name: definition.name,
    launchLifetime: definition.launchLifetimeSeconds,
    orchestrateScope: definition.orchestrateScopeRequired,
    accessTokenLifetime: definition.accessTokenLifetimeSeconds,
    refreshTokenLifetime: definition.refreshTokenLifetimeSeconds,
    registration: definition.registration,
    brand: definition.brand && storable(definition.brand),
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Defined<
    typeof columns
  >;
}

/** An object type whose members that may be undefined are optional. */
type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Records the digest of the data that the sandbox now holds completely. */
export async function recordDataDigest(sandboxId: number, fileDigest: string): Promise<void> {
  // Not through Prisma, which would set the time of the last change, which apps see.
  await execute(sql`UPDATE sandbox SET file_digest = ${fileDigest} WHERE id = ${sandboxId}::int`);
}
