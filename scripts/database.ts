/** Migrates the database and loads sandboxes, reporting progress. */
import { existsSync } from 'node:fs';
import { recordReplaced } from '#lib/audit/record-load.ts';
import { database } from '#lib/data/database/database.ts';
import { findPublishedPasswords, replacePublishedPasswords } from '#lib/data/member/published-passwords.ts';
import { notDeleted } from '#lib/data/sandbox/deleted-sandboxes.ts';
import { env, ownOrigins } from '#lib/env.ts';
import { describeProblems, type Problem } from '#lib/sandbox-file/problem.ts';
import type { Announced, LoadedSandbox } from '#scripts/announce.ts';
import { openDatabase } from '#scripts/open-sandbox.ts';

const shippedFile = 'prisma/seed/demo.json';

/** What `npm start` is told to load. */
export interface FilesToLoad {
  files: string[];
  /** Whether the files may name data files outside of their own folders. */
  outside: boolean;
}

/**
 * Migrates, then loads the given sandbox files; or the shipped one if none is given and the server has no sandbox yet. A
 * file that cannot be loaded is told, and the rest is served.
 * @throws Error when there is no sandbox at all to serve
 */
export async function prepareDatabase({ files, outside }: FilesToLoad): Promise<Announced> {
  const { databaseUrl, dataDir, exposed } = env();
  if (!databaseUrl && !existsSync(dataDir)) console.log(`• Making the embedded database in ${dataDir}`);
  await openDatabase();
  // The published passwords of the shipped sandbox are taken away before anybody is served.
  if (files.length === 0 && !(await hasSandbox())) return prepared(await load([shippedFile], {}));
  return prepared(await load(files, { exposed, outside }));
}

async function hasSandbox(): Promise<boolean> {
  return (await database().sandbox.count({ where: notDeleted })) > 0;
}

async function prepared(problems: Problem[]): Promise<Announced> {
  if (!(await hasSandbox()))
    throw new Error(`There is no sandbox to serve. Not loaded:\n${describeProblems(problems)}`);
  if (problems.length > 0) console.error(`\nNot loaded:\n${describeProblems(problems)}\n`);
  await protectShippedAccounts();
  return { sandboxes: await listSandboxes(), refused: [...new Set(problems.map(({ file }) => file))] };
}

/** @returns the problems of the files that were not loaded */
async function load(files: string[], options: { exposed?: boolean; outside?: boolean }): Promise<Problem[]> {
  if (files.length === 0) return [];
  console.log(`• Checking ${files.join(', ')}`);
  // Imported only here, as it loads the FHIR definitions, which a start without files need not wait for.
  const { loadSandboxFiles } = await import('#lib/sandbox-file/load-sandbox.ts');
  const { loaded, problems, warnings } = await loadSandboxFiles(files, {
    ...options,
    ...ownOrigins(),
    now: new Date(),
    onProgress: progressLine(),
  });
  for (const { sandbox, resources, changes } of loaded) {
    if (changes === 0 && resources === 0) {
      console.log(`• Sandbox ${sandbox.slug} is as its file says, as far as nobody has changed it since`);
      continue;
    }
    const data = resources > 0 ? `${resources} resources` : 'its data unchanged';
    const { users, clients } = sandbox;
    console.log(`• Loaded sandbox ${sandbox.slug}: ${users.length} users, ${clients.length} apps, ${data}`);
  }
  if (warnings.length > 0) console.error(`• Loaded all the same, but look at:\n${describeProblems(warnings)}`);
  return problems;
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
  const published = env().exposed ? [] : await findPublishedPasswords();
  const passwords = new Map(published.map(({ username, password }) => [username, password]));
  return sandboxes.map(({ slug, name, memberships }) => ({
    slug,
    name,
    accounts: memberships.map(({ role, user: { username } }) => ({
      username,
      role,
      password: passwords.get(username),
    })),
  }));
}

/**
 * Where others reach the server, takes the published passwords of shipped accounts away, and prints the new ones at once,
 * since nobody can read them later.
 */
async function protectShippedAccounts(): Promise<void> {
  if (!env().exposed) return;
  const replaced = await replacePublishedPasswords(recordReplaced);
  if (replaced.length === 0) return;
  const lines = replaced.map(({ username, password }) => `    ${username.padEnd(11)} ${password}`);
  const why = 'Others can reach this server, so published passwords do not work. New ones, shown only now:';
  console.log([`• ${why}`, ...lines].join('\n'));
}
