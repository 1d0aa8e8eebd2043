import { connection } from '#lib/data/database.ts';

let heard: string[] = [];

/** Listens to the statements of transactions; to be called before the first of them. */
export function listenToTransactions(): void {
  const { adapter } = connection();
  const connect = adapter.connect.bind(adapter);
  adapter.connect = async () => {
    const opened = await connect();
    const begin = opened.startTransaction.bind(opened);
    opened.startTransaction = async (level) => {
      const transaction = await begin(level);
      const [query, execute] = [transaction.queryRaw.bind(transaction), transaction.executeRaw.bind(transaction)];
      transaction.queryRaw = (sent) => query(noted(sent));
      transaction.executeRaw = (sent) => execute(noted(sent));
      return transaction;
    };
    return opened;
  };
}

function noted<Sent extends { sql: string }>(sent: Sent): Sent {
  heard.push(sent.sql.trim());
  return sent;
}

/** What `work` sends to the database in transactions: each statement is a round trip. */
export async function statementsInTransactions(work: () => Promise<unknown>): Promise<string[]> {
  heard = [];
  await work();
  return heard;
}
