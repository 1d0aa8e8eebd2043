/** Migrates the database and loads sandboxes, reporting progress. */
import { existsSync, readFileSync } from 'node:fs';
import { connection, database } from '#lib/data/database/database.ts';
import { applyMigrations } from '#lib/data/database/migrations.ts';
import { notDeleted } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { findUnreachableSandboxes } from '#lib/data/sandbox/unreachable-sandboxes.ts';
import { env } from '#lib/env.ts';
import type { LoadedSandbox } from '#scripts/announce.ts';

const shippedFile = 'prisma/seed/demo.json';

/**
 * Migrates, then loads the given sandbox files; or the shipped one if none is given and the server has no sandbox yet.
 * @returns all sandboxes of this server
 */
export async function prepareDatabase(files: string[]): Promise<LoadedSandbox[]> {
  const { databaseUrl, dataDir } = env();
  if (!databaseUrl && !existsSync(dataDir)) console.log(`• Making the embedded database in ${dataDir}`);
  const applied = await applyMigrations(connection().adapter);
  if (applied.length > 0) console.log(`• Brought the database up to date (${applied.join(', ')})`);
  const first = (await database().sandbox.count({ where: notDeleted })) === 0;
  const toLoad = files.length > 0 ? files : first ? [shippedFile] : [];
  await load(toLoad);
  for (const slug of await findUnreachableSandboxes()) console.warn(unreachable(slug));
  return listSandboxes();
}

function unreachable(slug: string): string {
  return `! The sandbox "${slug}" has no address, as this server answers /${slug} itself. docs/operating.md says how to give it one.`;
}

async function load(files: string[]): Promise<void> {
  if (files.length === 0) return;
  console.log(`• Checking ${files.join(', ')}`);
  // Imported only here, as it loads the FHIR definitions, which a start without files need not wait for.
  const { loadSandboxFiles } = await import('#lib/sandbox-file/load-sandbox.ts');
  const loaded = await loadSandboxFiles(files, { origin: env().origin, now: new Date(), onProgress: progressLine() });
  for (const { sandbox, resources } of loaded) {
    const data = resources > 0 ? `${resources} resources` : 'its data unchanged';
    const { users, clients } = sandbox;
    console.log(`• Loaded sandbox ${sandbox.slug}: ${users.length} users, ${clients.length} apps, ${data}`);
  }
}

/** Reports progress on one line that is overwritten on a terminal, and not at all in a log. */
function progressLine(): (written: number, total: number) => void {
  return (written, total) => {
    if (!process.stdout.isTTY) return;
    process.stdout.write(`\r  ${written} of ${total} resources${written === total ? '\n' : ''}`);
  };
}

async function listSandboxes(): Promise<LoadedSandbox[]> {
  const sandboxes = await database().sandbox.findMany({
    where: notDeleted,
    orderBy: { id: 'asc' },
    select: { slug: true, name: true, memberships: { select: { role: true, user: { select: { username: true } } } } },
  });
  const published = publishedPasswords();
  return sandboxes.map(({ slug, name, memberships }) => ({
    slug,
    name,
    accounts: memberships.map(({ role, user: { username } }) => {
      const password = slug === published.slug ? published.passwords.get(username) : undefined;
      return { username, role, password };
    }),
  }));
}

/**
 * Passwords of the sample accounts, which are published with the product; those of other sandbox files are never
 * printed.
 */
function publishedPasswords(): { slug: string; passwords: Map<string, string> } {
  const { slug, users } = JSON.parse(readFileSync(shippedFile, 'utf8')) as {
    slug: string;
    users: { username: string; password: string }[];
  };
  return { slug, passwords: new Map(users.map(({ username, password }) => [username, password])) };
}
