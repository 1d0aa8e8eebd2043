import { type Connection, connection } from './database.ts';
import { query, sql } from './sql.ts';
import { inTransaction } from './transaction.ts';
import { troubleOf } from './trouble/trouble.ts';

/**
 * Requires a database that can hold every text.
 * @throws Error when it cannot, with what to do
 */
export async function requireUtf8(
  { ownTransaction }: Pick<Connection, 'ownTransaction'> = connection(),
): Promise<void> {
  const [row] = await ownTransaction((session) =>
    session.ask<{ name: string; encoding: string }>(
      `SELECT current_database()::text AS name, current_setting('server_encoding') AS encoding`,
    ),
  );
  if (row?.encoding === 'UTF8') return;
  throw new Error(
    `The database ${row?.name} keeps text as ${row?.encoding}, and resources need UTF8. Make another one, such as with CREATE DATABASE ehr ENCODING 'UTF8' TEMPLATE template0, and name it in DATABASE_URL.`,
  );
}

/**
 * Looks whether the migrated database is the one that is served, and whether instants come back as they went there.
 * @param pooled whether DATABASE_URL names a server, which may be a pooler
 * @returns what whoever runs the server should know
 * @throws Error when what is stored would be wrong, with what to do
 */
export async function checkServer(pooled: boolean): Promise<string[]> {
  await requireSameDatabase();
  for (const ask of [askDriver, () => inTransaction(askDriver)]) requireUnshifted(await ask());
  const { now, limit } = await askDriver();
  return [...tellClock(now), ...(pooled && limit === '0' ? [noLimits] : [])];
}

/** The migrations went to the one address, and everything else goes to the other. */
async function requireSameDatabase(): Promise<void> {
  const text = 'SELECT id FROM _prisma_migrations ORDER BY started_at, id LIMIT 1';
  const [migrated] = await connection().ownTransaction((session) => session.ask<{ id: string }>(text));
  const served = await connection()
    .driver.send<{ id: string }>({ text, values: [], prepared: false })
    .catch((thrown) => {
      if (troubleOf(thrown)) throw thrown;
      return undefined;
    });
  if (served?.rows[0]?.id === migrated?.id) return;
  throw new Error(
    'DATABASE_URL and DATABASE_DIRECT_URL lead to different databases: the migrations of the one are not in the other. Both must name the same database, the one through the pooler and the other past it.',
  );
}

/** An instant with milliseconds, told as a number and as an instant. */
const instant = new Date('2026-07-01T12:34:56.789Z');

interface Told {
  /** The instant that was sent, as a number of milliseconds. */
  sent: number;
  /** The same number, as an instant that was read. */
  read: Date;
  now: number;
  limit: string;
}

async function askDriver(): Promise<Told> {
  const [row] = await query<Told>(sql`SELECT
    (extract(epoch FROM ${instant}::timestamptz) * 1000)::float8 AS sent,
    to_timestamp(${String(instant.getTime())}::numeric / 1000) AS read,
    (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now,
    current_setting('statement_timeout') AS limit`);
  if (!row) throw new Error('The database does not answer.');
  return row;
}

function requireUnshifted({ sent, read }: Told): void {
  const hours = [sent, read.getTime()].map((told) => (told - instant.getTime()) / 3_600_000);
  if (hours.every((one) => one === 0)) return;
  throw new Error(
    `Instants come back from the database ${hours.find((one) => one !== 0)} hours off, because something between it and this server takes away the time zone that the connection asks for. Let the pooler pass on TimeZone, or set it: ALTER ROLE … SET TimeZone = 'UTC'.`,
  );
}

/** How far two clocks may be apart, in milliseconds: what expires is judged by both. */
const maxApart = 60_000;

function tellClock(now: number): string[] {
  const apart = now - Date.now();
  if (Math.abs(apart) <= maxApart) return [];
  const minutes = Math.round(Math.abs(apart) / 6000) / 10;
  return [
    `The clock of the database is ${minutes} minutes ${apart > 0 ? 'ahead of' : 'behind'} that of this machine. What expires is judged by both: have both set their clocks by the same source.`,
  ];
}

const noLimits =
  'The pooler before the database does not pass on how long a statement may last. Have the database end it: ALTER ROLE … SET statement_timeout = \'30s\' (docs/operating.md, "Behind PgBouncer").';
