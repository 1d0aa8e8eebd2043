import { checkServer, requireUtf8 } from '#lib/data/database/check-server.ts';
import { connection, disconnect } from '#lib/data/database/database.ts';
import { applyMigrations } from '#lib/data/database/migration/apply.ts';
import { findSandbox, type Sandbox } from '#lib/data/sandbox/sandboxes.ts';
import { env } from '#lib/env.ts';
import { databaseTrouble } from '#scripts/start-trouble.ts';

/**
 * Opens the server's database, brings it up to date, and tells what is amiss with it.
 * @throws Error if the embedded database is in use by a running server or damaged, or the settings lead to no database that can be
 * used
 */
export async function openDatabase(): Promise<void> {
  const applied = await migrate();
  if (applied.length > 0) console.log(`• Brought the database up to date (${applied.join(', ')})`);
  const told = await inWords('DATABASE_URL', () => checkServer(env().databaseUrl !== undefined));
  for (const line of told) console.warn(`! ${line}`);
}

/** Past a pooler, where there is one. */
function migrate(): Promise<string[]> {
  return inWords(env().databaseDirectUrl ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL', async () => {
    await requireUtf8();
    return applyMigrations(connection(), { tell: console.log });
  });
}

async function inWords<Done>(
  setting: 'DATABASE_URL' | 'DATABASE_DIRECT_URL',
  work: () => Promise<Done>,
): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    const { databaseUrl, databaseDirectUrl, dataDir } = env();
    const address = setting === 'DATABASE_DIRECT_URL' ? databaseDirectUrl : databaseUrl;
    throw databaseTrouble(error, { databaseUrl: databaseUrl && address, setting, dataDir });
  }
}

/**
 * Opens the sandbox that a command works on, in the server's database, which is migrated first.
 * @throws Error if there is no such sandbox, or the embedded database is in use by a running server
 */
export async function openSandbox(slug: string): Promise<Sandbox> {
  await openDatabase();
  const sandbox = await findSandbox(slug);
  if (sandbox) return sandbox;
  await disconnect();
  throw new Error(`There is no sandbox ${slug}. npm start makes the sandbox "demo" when there is none yet.`);
}

/** Closes the database, so that nothing stays half-written. */
export async function closeDatabase(): Promise<void> {
  await disconnect();
}
