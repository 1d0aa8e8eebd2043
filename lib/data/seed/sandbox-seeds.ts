import { z } from 'zod';
import type { ClientRegistration } from '#lib/smart/client/registration.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { applyCdsService } from '../cds/services.ts';
import { toColumns } from '../client/client.ts';
import { putClient } from '../client/locked-client.ts';
import { database } from '../database/database.ts';
import { execute, sql } from '../database/sql.ts';
import { applyScenario } from '../launch/scenarios.ts';
import { type HashedDefinition, type SandboxDefinition, settingColumns } from './sandbox-definitions.ts';

/** The seed that a reset restores a sandbox to. Users are not part of it, since their accounts stay. */
export interface SandboxSeed {
  /** The sandbox file, to which the paths of data files are relative; undefined for a sandbox made in a browser. */
  file?: string | undefined;
  /** Whether whoever loaded the file allowed data files outside of its folder. */
  outside?: boolean | undefined;
  definition: Omit<SandboxDefinition, 'users' | 'clients'>;
  clients: (ClientRegistration & { clientId: string; clientSecretHash?: string | null | undefined })[];
  /** The data sources as the sandbox file lists them; lib/sandbox-file reads them. */
  data: unknown[];
}

const StoredSeed = z.looseObject({
  definition: z.looseObject({}),
  clients: z.array(z.unknown()),
  data: z.array(z.unknown()),
});

/** Stores the seed of a sandbox, with the hashes of its apps' secrets that the definition has. */
export async function recordSeed(
  sandboxId: number,
  { users: _, clients, data, ...definition }: HashedDefinition & { data: unknown[] },
  { file, outside }: Pick<SandboxSeed, 'file' | 'outside'> = {},
): Promise<void> {
  const seed: SandboxSeed = { file, outside, definition, clients, data };
  // Not through Prisma, which would set the time of the last change: apps see that time, but not the seed.
  await execute(sql`UPDATE sandbox SET seed = ${JSON.stringify(seed)}::text::jsonb WHERE id = ${sandboxId}::int`);
}

/** The seed of a sandbox; undefined for one that an earlier version of this server loaded. */
export async function findSeed(sandboxId: number): Promise<SandboxSeed | undefined> {
  const where = { id: sandboxId, seed: { not: Prisma.DbNull } };
  const found = await database().sandbox.findFirst({ where, select: { seed: true } });
  const parsed = StoredSeed.safeParse(found?.seed);
  // Only recordSeed writes seeds, so the rest has the type it was written with.
  return parsed.success ? (parsed.data as unknown as SandboxSeed) : undefined;
}

/** Restores the settings and the apps of the seed; apps that were registered later stay. */
export async function restoreSettings(sandboxId: number, seed: SandboxSeed): Promise<void> {
  const data = { ...settingColumns(seed.definition), fileDigest: null, settingsVersion: { increment: 1 } };
  await database().sandbox.update({ where: { id: sandboxId }, data });
  for (const { clientId, clientSecretHash = null, ...registration } of seed.clients) {
    await putClient(sandboxId, clientId, { ...toColumns(registration), clientSecretHash, enabled: true });
  }
  for (const service of seed.definition.cdsServices ?? []) await applyCdsService(sandboxId, service);
  for (const scenario of seed.definition.scenarios ?? []) await applyScenario(sandboxId, scenario);
}
