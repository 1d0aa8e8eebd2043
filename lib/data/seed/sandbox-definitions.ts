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
import { applyScenario } from '../launch/scenarios.ts';
import { applyUser, type HashedUser, type UserDefinition } from '../member/defined-users.ts';
import { noteIndexed } from '../resource/index-state.ts';
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

/**
 * Creates or updates a sandbox with its users and clients, whose secrets `withHashes` has hashed before. Users and
 * clients that the definition does not name stay.
 * @returns the sandbox's id.
 */
export async function applySandboxDefinition(definition: HashedDefinition): Promise<number> {
  requireTransaction();
  const { users, clients, cdsServices = [], scenarios = [] } = definition;
  const id = await applySandbox(definition);
  for (const user of users) await applyUser(id, user);
  for (const client of clients) await applyClient(id, client);
  for (const service of cdsServices) await applyCdsService(id, service);
  for (const scenario of scenarios) await applyScenario(id, scenario);
  return id;
}

/** Writes the row of the sandbox, but only when something has changed, since apps see the time of the last change. */
async function applySandbox(definition: HashedDefinition): Promise<number> {
  const { slug } = definition;
  const columns = settingColumns(definition);
  const select = { id: true, ...Object.fromEntries(Object.keys(columns).map((column) => [column, true])) };
  const stored = await database().sandbox.findUnique({ where: { slug }, select });
  const { id, ...current } = stored ?? { id: undefined };
  if (id !== undefined && isDeepStrictEqual(current, columns)) return id;
  const update = { ...columns, settingsVersion: { increment: 1 } };
  const written = await database().sandbox.upsert({ where: { slug }, create: { slug, ...columns }, update });
  if (!stored) await noteIndexed(written.id);
  return written.id;
}

/** The settings that a definition contains, as columns. */
export function settingColumns(definition: Omit<SandboxDefinition, 'slug' | 'users' | 'clients'>) {
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

/** The digest of the data that a sandbox holds; undefined when it holds none, or when loading was interrupted. */
export async function findDataDigest(slug: string): Promise<string | undefined> {
  const sandbox = await database().sandbox.findUnique({ where: { slug }, select: { fileDigest: true } });
  return sandbox?.fileDigest ?? undefined;
}

/** Records the digest of the data that the sandbox now holds completely. */
export async function recordDataDigest(sandboxId: number, fileDigest: string): Promise<void> {
  await database().sandbox.update({ where: { id: sandboxId }, data: { fileDigest } });
}

async function applyClient(
  sandboxId: number,
  { clientId, clientSecretHash, ...registration }: HashedClient,
): Promise<void> {
  await putClient(sandboxId, clientId, { ...toColumns(registration), clientSecretHash });
}
