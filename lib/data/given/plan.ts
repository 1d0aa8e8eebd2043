import { matchesClientSecret } from '../client/secrets.ts';
import { withPasswordHash } from '../member/defined-users.ts';
import { matchesPassword } from '../member/passwords.ts';
import { withSecretHash } from '../seed/hashed-definition.ts';
import type { SandboxSeed } from '../seed/sandbox-seeds.ts';
import type { Basis, GivenPart } from './given.ts';
import { type DefinedPart, secretOf, serviceKey } from './parts.ts';

/** A part of a file, compared with what the file gave before. */
export interface ComparedPart {
  part: DefinedPart;
  /** What it gave before; undefined for a new part. */
  given: GivenPart | undefined;
  /** Whether it says something else than before, apart from its password or secret. */
  changed: boolean;
  /** Whether that is so of a member; true of all of a new part. */
  changes: (member: string) => boolean;
  /** What it gave before the file ceased to name it for a time, and it was disabled for that. */
  takenBack?: GivenPart | undefined;
  /** Whether it gives another password or secret than before. */
  secretChanged: boolean;
}

/** A part that is ready to be written in a transaction. */
export interface PlannedPart extends ComparedPart {
  /** The slow hash of its password or secret; null when it has none. */
  secretHash: string | null;
}

/**
 * What a file gave before. Of a sandbox that an earlier version of this server loaded, its seed names it; what the parts
 * said is not known, nor the passwords of users, so that nothing of them counts as changed.
 */
export function givenParts({ sandboxId, given, seed }: Basis, parts: DefinedPart[]): GivenPart[] {
  if (given) return given.parts;
  const isNew = sandboxId === undefined || (seed !== undefined && seed.file === undefined);
  if (isNew) return [];
  const unnamed = parts.filter(({ kind }) => !seed || kind === 'user' || kind === 'setting');
  const adopted = unnamed.map(({ kind, key }): GivenPart => ({ kind, key, digest: null, secretHash: null }));
  return seed ? [...adopted, ...partsOfSeed(seed)] : adopted;
}

function partsOfSeed({ clients, definition: { cdsServices = [], scenarios = [] } }: SandboxSeed): GivenPart[] {
  return [
    ...clients.map(({ clientId, clientSecretHash }): GivenPart => {
      const part = { kind: 'client' as const, key: clientId, digest: null };
      return clientSecretHash ? { ...part, secretHash: clientSecretHash } : part;
    }),
    ...cdsServices.map((one): GivenPart => ({ kind: 'cds-service', key: serviceKey(one), digest: null })),
    ...scenarios.map(({ id }): GivenPart => ({ kind: 'scenario', key: id, digest: null })),
  ];
}

/**
 * Compares the parts of a file with what it gave before. Passwords are compared one after another, each of which is slow.
 * @throws Error inside a transaction
 */
export async function compareParts(parts: DefinedPart[], before: GivenPart[]): Promise<ComparedPart[]> {
  const byName = new Map(before.map((given) => [nameOf(given), given]));
  const compared: ComparedPart[] = [];
  for (const part of parts) {
    const found = byName.get(nameOf(part));
    const [given, takenBack] = found?.takenBack ? [undefined, found] : [found, undefined];
    const changed = !given || (given.digest !== null && given.digest !== part.digest);
    const changes = (member: string) => changed && changesMember(member, part, given);
    compared.push({ part, given, takenBack, changed, changes, secretChanged: await givesOther(part, given) });
  }
  return compared;
}

/** What an administrator most of all has decided: left alone where it is not known what the file said of it. */
const decided = new Set(['enabled', 'role']);

function changesMember(member: string, part: DefinedPart, given: GivenPart | undefined): boolean {
  if (!given) return true;
  return given.members ? given.members[member] !== part.members[member] : !decided.has(member);
}

/** The parts of a file that is as it was. */
export function unchangedParts(parts: DefinedPart[], before: GivenPart[]): ComparedPart[] {
  const byName = new Map(before.map((given) => [nameOf(given), given]));
  const same = { changed: false, changes: () => false, secretChanged: false };
  return parts.map((part) => ({ part, given: byName.get(nameOf(part)), ...same }));
}

/** What a file gave before and names no longer. A setting that it leaves out stays as it is. */
export function goneParts(parts: DefinedPart[], before: GivenPart[]): GivenPart[] {
  const named = new Set(parts.map(nameOf));
  return before.filter((given) => given.kind !== 'setting' && !named.has(nameOf(given)));
}

function nameOf({ kind, key }: Pick<GivenPart, 'kind' | 'key'>): string {
  return `${kind} ${key}`;
}

async function givesOther(part: DefinedPart, given: GivenPart | undefined): Promise<boolean> {
  const secret = secretOf(part);
  if (secret === undefined || given?.secretHash === null) return false;
  if (!given?.secretHash) return true;
  const matches = part.kind === 'user' ? matchesPassword : matchesClientSecret;
  return !(await matches(secret, given.secretHash, 'definition'));
}

/**
 * Hashes the passwords and secrets that are not hashed yet.
 * @throws Error inside a transaction
 */
export async function planParts(slug: string, compared: ComparedPart[]): Promise<PlannedPart[]> {
  const planned: PlannedPart[] = [];
  for (const one of compared) planned.push({ ...one, secretHash: await hashOf(slug, one) });
  return planned;
}

async function hashOf(slug: string, { part, given, secretChanged }: ComparedPart): Promise<string | null> {
  if (secretOf(part) === undefined) return null;
  if (!secretChanged && given?.secretHash) return given.secretHash;
  if (part.kind === 'user') return (await withPasswordHash(part.user)).passwordHash;
  return part.kind === 'client' ? (await withSecretHash(slug, part.client)).clientSecretHash : null;
}
