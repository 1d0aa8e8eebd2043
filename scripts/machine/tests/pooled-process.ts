/**
 * A separate process, run by `pooler.db.test.ts`, that asks the pooler named by its environment at random, compares each
 * answer with that of a direct connection, and prints how often it asked and what differed. Its argument is the start of
 * its random numbers, so that each process asks in its own order.
 */
import { isDeepStrictEqual } from 'node:util';
import { connect, database, disconnect } from '#lib/data/database/database.ts';
import { lookUp, query, sql } from '#lib/data/database/sql.ts';
import { inTransaction } from '#lib/data/database/transaction.ts';

const direct = connect(process.env.DATABASE_DIRECT_URL ?? '');
let state = Number(process.argv[2]);

/** The next of a sequence of whole numbers that look random, below `limit`. */
function random(limit: number): number {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((state / 2_147_483_648) * limit);
}

/** Statements that a mixed-up name would answer with rows of the same form. */
const statements = Array.from({ length: 12 }, (_, at) => {
  const which = `${at} of twelve`;
  return (n: number, when: Date) =>
    sql`SELECT ${sql([`'${which}'`])} AS which, ${n}::int + ${sql([String(at)])} AS sum, ${when}::timestamptz AS at`;
});

const wrong: unknown[] = [];
let asked = 0;

async function ask(): Promise<void> {
  const when = new Date(1_700_000_000_000 + random(1_000_000_000));
  const statement = statements[random(statements.length)]?.(random(1000), when) ?? sql`SELECT 1`;
  const ways = [lookUp, lookUp, query, inTransactionOf(lookUp), () => readBack(when)];
  const way = ways[random(ways.length)] ?? query;
  const answer = await way(statement);
  const { text, values } = statement;
  const { rows } = await direct.driver.send<{ at: Date }>({ text, values, prepared: false });
  const expected = answer[0] instanceof Date ? [rows[0]?.at] : rows;
  asked += 1;
  if (!isDeepStrictEqual(answer, expected)) wrong.push({ text, values, answer, expected });
}

function inTransactionOf(way: typeof lookUp): typeof lookUp {
  return (statement) => inTransaction(() => way(statement));
}

/** Writes an instant with a model in a transaction, and reads it with the driver, which is told its offset. */
async function readBack(when: Date): Promise<never[]> {
  const slug = `at-${process.pid}-${asked}-${random(1_000_000_000)}`;
  await inTransaction(() => database().sandbox.create({ data: { slug, name: 'Pooled', createdAt: when } }));
  const [read] = await query<{ at: Date }>(sql`SELECT created_at AS at FROM sandbox WHERE slug = ${slug}`);
  return [read?.at] as never[];
}

await Promise.all(
  Array.from({ length: 6 }, async () => {
    for (let turn = 0; turn < 60; turn++) await ask();
  }),
);
await disconnect();
await direct.close();
process.stdout.write(JSON.stringify({ asked, wrong: wrong.slice(0, 3) }));
