import { connection, disconnect } from '#lib/data/database/database.ts';
import { applyMigrations } from '#lib/data/database/migration/apply.ts';
import { findSandbox, type Sandbox } from '#lib/data/sandbox/sandboxes.ts';

/**
 * Opens the server's database, and brings it up to date.
 * @throws Error if the embedded database is in use by a running server
 */
export async function openDatabase(): Promise<void> {
  const applied = await applyMigrations(connection(), { tell: console.log });
  if (applied.length > 0) console.log(`• Brought the database up to date (${applied.join(', ')})`);
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
