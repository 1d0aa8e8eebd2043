import { execute, query, sql } from '../database/sql.ts';

/** Work that one process does at a time, and how long others leave it alone, in milliseconds. */
export interface LeaseTerms {
  name: string;
  /** While a process is at it. One that is slower is taken to be dead. */
  working: number;
  /** After it is done. */
  resting: number;
}

/**
 * Does `work` unless another process is at it, or was a while ago. A row says so, which every kind of pool of
 * connections can hold, unlike a lock of a session.
 * @returns whether it was done
 */
export async function underLease(
  { name, working, resting }: LeaseTerms,
  now: Date,
  work: () => Promise<void>,
): Promise<boolean> {
  const until = new Date(now.getTime() + working);
  const taken = await query(
    sql`INSERT INTO lease (name, lease_until) VALUES (${name}, ${until}::timestamptz)
      ON CONFLICT (name) DO UPDATE SET lease_until = excluded.lease_until
        WHERE lease.lease_until <= ${now}::timestamptz RETURNING name`,
  );
  if (taken.length === 0) return false;
  await work();
  await execute(
    sql`UPDATE lease SET lease_until = ${new Date(now.getTime() + resting)}::timestamptz
      WHERE name = ${name} AND lease_until = ${until}::timestamptz`,
  );
  return true;
}
