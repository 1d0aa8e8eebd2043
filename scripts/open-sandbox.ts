import { checkServer, requireUtf8 } from '#lib/data/database/check-server.ts';
import { connection, disconnect } from '#lib/data/database/database.ts';
import { applyMigrations } from '#lib/data/database/migration/apply.ts';
import { findSandbox, type Sandbox } from '#lib/data/sandbox/sandboxes.ts';
import { env } from '#lib/env.ts';
import { databaseTrouble } from '#scripts/start-trouble.ts';

/**
 * Opens the server's database, brings it up to date, and tells what is amiss with it.
 * @throws Error if the embedded database is in use by a running server, or the settings lead to no database that can be
 * used
 */
export async function openDatabase(): Promise<void> {
  const applied = await migrate();
  if (applied.length > 0) console.log(`• Brought the database up to date (${applied.join(', ')})`);
  for (const line of await checkServer(env().databaseUrl !== undefined)) console.warn(`! ${line}`);
}

async function migrate(): Promise<string[]> {
  try {
    await requireUtf8();
    return await applyMigrations(connection(), { tell: console.log });
  } catch (error) {
    throw databaseTrouble(error, env());
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
