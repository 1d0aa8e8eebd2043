import { type Connection, connection } from '#lib/data/database/database.ts';

type Opened = Awaited<ReturnType<Connection['adapter']['connect']>>;
type Transaction = Awaited<ReturnType<Opened['startTransaction']>>;

let heard: string[] = [];
let broken: Error | undefined;
let gate: { waiting: number; open: () => void; opened: Promise<void> } | undefined;

/** Listens to everything that is sent to the database; to be called before the first query. */
export function listenToStatements(): void {
  const { adapter, driver } = connection();
  const send = driver.send.bind(driver);
  driver.send = async (statement) => {
    note(statement.text);
    await passGate(statement.text);
    return send(statement);
  };
  const connect = adapter.connect.bind(adapter);
  adapter.connect = async () => {
    const opened = listening(await connect());
    const begin = opened.startTransaction.bind(opened);
    opened.startTransaction = async (level) => {
      note('BEGIN');
      return listeningToEnd(listening(await begin(level)));
    };
    return opened;
  };
}

/** The statements that `work` sends to the database, including the ends of transactions: each is a round trip. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  heard = [];
  await work();
  // The audit log is written behind, many records at once, whenever its time has come.
  return heard.filter((statement) => !statement.startsWith('INSERT INTO audit_event'));
}

/** Makes every write of an artifact fail during `work`, as when the database goes away. */
export async function withoutWrites<T>(work: () => Promise<T>): Promise<T> {
  broken = new Error('the database is gone');
  try {
    return await work();
  } finally {
    broken = undefined;
  }
}

/** Runs `once` the given number of times in parallel; no write starts before all runs want to write. */
export async function atOnce<T>(times: number, once: () => Promise<T>): Promise<T[]> {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  gate = { waiting: times, open, opened };
  const results = await Promise.all(Array.from({ length: times }, once));
  gate = undefined;
  return results;
}

/** The statement in which a request writes begins with what counts once. */
async function passGate(statement: string): Promise<void> {
  if (!gate || !statement.startsWith('WITH claimed_')) return;
  gate.waiting -= 1;
  if (gate.waiting === 0) gate.open();
  await gate.opened;
}

function note(statement: string): void {
  heard.push(statement.trim());
  if (broken && /\b(INSERT|UPDATE|DELETE)\b/.test(statement)) throw broken;
}

function listening<Queryable extends Opened | Transaction>(queryable: Queryable): Queryable {
  const [query, execute] = [queryable.queryRaw.bind(queryable), queryable.executeRaw.bind(queryable)];
  queryable.queryRaw = async (sent) => {
    note(sent.sql);
    await passGate(sent.sql);
    return query(sent);
  };
  queryable.executeRaw = async (sent) => {
    note(sent.sql);
    return execute(sent);
  };
  return queryable;
}

function listeningToEnd(transaction: Transaction): Transaction {
  const commit = transaction.commit.bind(transaction);
  transaction.commit = async () => {
    note('COMMIT');
    return commit();
  };
  return transaction;
}
