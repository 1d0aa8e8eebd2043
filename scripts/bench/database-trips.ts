/** Counts what the server asks of PostgreSQL, by the server's own statistics. */
import { Client } from 'pg';

/**
 * Transactions that PostgreSQL has finished so far; a statement outside a transaction is one by itself. Waits until
 * the count stands still, because sessions report theirs with a delay.
 */
export async function transactionsSoFar(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let before = -1;
    for (let same = 0; same < 3; ) {
      // Each of these queries is a transaction too: one more than last time means that nobody else did anything.
      const now = await count(client);
      same = now <= before + 1 ? same + 1 : 0;
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    return before;
  } finally {
    await client.end();
  }
}

async function count(client: Client): Promise<number> {
  const { rows } = await client.query(
    'SELECT xact_commit + xact_rollback AS count FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(rows[0].count);
}
