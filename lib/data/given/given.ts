import { isDeepStrictEqual } from 'node:util';
import type { Prisma } from '#prisma/generated/client.ts';
import { requireTransaction } from '../database/ambient.ts';
import { database } from '../database/database.ts';
import { execute, query, sql } from '../database/sql.ts';
import { noteIndexed } from '../resource/index-state.ts';
import { findSeed, type SandboxSeed } from '../seed/sandbox-seeds.ts';
import type { PartKind } from './parts.ts';

/**
 * A part of a sandbox file that was applied, such as a user: what it said is a digest, and the password or the secret
 * that it gave a slow hash. Null for what an earlier version of this server applied without remembering it.
 */
export interface GivenPart {
  kind: PartKind;
  /** Names the part within its kind, as the file does. */
  key: string;
  digest: string | null;
  /** The digests of its members; undefined for what an earlier version of this server applied. */
  members?: Record<string, string>;
  /** Empty when this server has taken the password away again. */
  secretHash?: string | null;
  /** Which row it became, so that another one, made later under the same name, is not taken for it. */
  row?: string;
  /** The account of a user, whose name may be another than in the file. */
  username?: string;
  /** Whether the file named it no longer, and it was disabled for that, until the file names it again. */
  takenBack?: true;
}

/** The size, times and digest of a data file when it was read last. */
export interface GivenFile {
  path: string;
  size: number;
  times: number[];
  digest: string;
}

/** What the sandbox file of a sandbox last gave. */
export interface Given {
  /** A slow hash of the whole file but its data: it contains passwords. Empty when some of it shall be applied again. */
  whole: string;
  parts: GivenPart[];
  /** Data files that need not be read again while their sizes and times are the same. */
  files: GivenFile[];
}

/** What is known of a sandbox before its file is applied. */
export interface Basis {
  /** Undefined when there is no sandbox with this slug. */
  sandboxId: number | undefined;
  /** Undefined when no file was applied, or by an earlier version of this server. */
  given: Given | undefined;
  seed: SandboxSeed | undefined;
  /** The digest of the data that it holds; undefined when it holds none, or loading was interrupted. */
  dataDigest: string | undefined;
}

/** Thrown when another process has applied a file to the same sandbox meanwhile, so that all must be compared again. */
export class Overtaken extends Error {}

/** What is known of the sandbox `slug` before a file is applied to it. */
export async function findBasis(slug: string): Promise<Basis> {
  const select = { id: true, given: true, fileDigest: true };
  const found = await database().sandbox.findUnique({ where: { slug }, select });
  if (!found) return { sandboxId: undefined, given: undefined, seed: undefined, dataDigest: undefined };
  return {
    sandboxId: found.id,
    given: asGiven(found.given),
    seed: await findSeed(found.id),
    dataDigest: found.fileDigest ?? undefined,
  };
}

/**
 * Locks the sandbox that a file is applied to, which is made when there is none, until the transaction ends.
 * @throws Overtaken when it is not as `basis` says any more
 */
export async function holdBasis({ slug, name }: { slug: string; name: string }, basis: Basis): Promise<number> {
  requireTransaction();
  if (basis.sandboxId === undefined) return makeSandbox(slug, name);
  await query(sql`SELECT 1 FROM sandbox WHERE id = ${basis.sandboxId}::int FOR NO KEY UPDATE`);
  const where = { id: basis.sandboxId, slug };
  const held = await database().sandbox.findUnique({ where, select: { given: true } });
  if (!held || !isDeepStrictEqual(asGiven(held.given), basis.given)) throw new Overtaken();
  return basis.sandboxId;
}

async function makeSandbox(slug: string, name: string): Promise<number> {
  const [made] = await query<{ id: number }>(
    sql`INSERT INTO sandbox (slug, name) VALUES (${slug}, ${name}) ON CONFLICT (slug) DO NOTHING RETURNING id`,
  );
  if (!made) throw new Overtaken();
  await noteIndexed(made.id);
  return made.id;
}

/** Remembers what a file gave, in the transaction that applies it. */
export async function recordGiven(sandboxId: number, given: Given): Promise<void> {
  // Not through Prisma, which would set the time of the last change, which apps see.
  await execute(sql`UPDATE sandbox SET given = ${JSON.stringify(given)}::text::jsonb WHERE id = ${sandboxId}::int`);
}

/** Only `recordGiven` writes it, so what is there has the type with which it was written. */
function asGiven(stored: Prisma.JsonValue): Given | undefined {
  return (stored ?? undefined) as Given | undefined;
}
