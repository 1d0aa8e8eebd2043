import { hasUnknownEnd } from '../trouble/busy.ts';
import type { Migration } from './files.ts';

/**
 * Tells whether a migration could not get a table that others use.
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function isLocked(thrown: unknown): boolean {
  return ['55P03', '40P01'].includes((thrown as { code?: string }).code ?? '');
}

/** The error for a migration that others kept from their tables for too long. */
export function stillLocked({ name }: Migration, cause: unknown): Error {
  return new Error(
    `Migration ${name} did not get the tables that it changes, because other processes use them. Nothing was changed. Stop the servers of other releases and whatever else works in the database, and start again.`,
    { cause },
  );
}

/** The error for a migration that the database has refused. */
export function failed({ name }: Migration, begunBefore: boolean, cause: unknown): Error {
  const { message } = cause as Error;
  if (hasUnknownEnd(cause)) return brokenOff(name, cause);
  const remedy = begunBefore ? remedyOfHalf(name) : 'Do what it says, and start again: the migration is tried anew.';
  return new Error(`Migration ${name} failed, and all of it was undone: ${message}. ${remedy}`, { cause });
}

/** The error for a migration during which the connection broke, perhaps when only the answer to its end was missing. */
function brokenOff(name: string, cause: unknown): Error {
  return new Error(
    `The connection to the database broke during migration ${name}: ${(cause as Error).message}. All of it was done, or nothing. Start again: the next start sees which, and goes on from there.`,
    { cause },
  );
}

/** An earlier release carried out the statements one by one, so that some may be in the database already. */
function remedyOfHalf(name: string): string {
  const file = `prisma/migrations/${name}/migration.sql`;
  return `An earlier release broke off in the middle of this migration, so part of it is in the database. Restore the backup from before that update; or carry out by hand what is left of ${file}, and then: UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '${name}' AND finished_at IS NULL`;
}
