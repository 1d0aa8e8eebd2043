import { connection } from '#lib/data/database/database.ts';

type Hear = (statement: string) => unknown;

/**
 * Calls `hear` with each statement of a transaction and its COMMIT before it is sent, and awaits the result. Must be
 * called before the first statement.
 */
export function listenToTransactions(hear: Hear = (statement) => heard.push(statement)): void {
  const { adapter } = connection();
  const connect = adapter.connect.bind(adapter);
  adapter.connect = async () => {
    const opened = await connect();
    const begin = opened.startTransaction.bind(opened);
    opened.startTransaction = async (level) => {
      const transaction = await begin(level);
      const [query, execute] = [transaction.queryRaw.bind(transaction), transaction.executeRaw.bind(transaction)];
      const commit = transaction.commit.bind(transaction);
      transaction.queryRaw = async (sent) => {
        await hear(sent.sql.trim());
        return query(sent);
      };
      transaction.executeRaw = async (sent) => {
        await hear(sent.sql.trim());
        return execute(sent);
      };
      transaction.commit = async () => {
        await hear('COMMIT');
        return commit();
      };
      return transaction;
    };
    return opened;
  };
}

let heard: string[] = [];

/** The statements that `work` sends in transactions; each is a round trip. */
export async function statementsInTransactions(work: () => Promise<unknown>): Promise<string[]> {
  heard = [];
  await work();
  return heard;
}
