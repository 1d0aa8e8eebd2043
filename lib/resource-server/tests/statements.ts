import { connection } from '#lib/data/database.ts';

/** Tells `hear` of each statement of a transaction, and of its COMMIT, before it is sent; to be called before the first. */
export function listenToTransactions(hear: (statement: string) => void = (statement) => heard.push(statement)): void {
  const { adapter } = connection();
  const connect = adapter.connect.bind(adapter);
  adapter.connect = async () => {
    const opened = await connect();
    const begin = opened.startTransaction.bind(opened);
    opened.startTransaction = async (level) => {
      const transaction = await begin(level);
      const [query, execute] = [transaction.queryRaw.bind(transaction), transaction.executeRaw.bind(transaction)];
      const commit = transaction.commit.bind(transaction);
      transaction.queryRaw = (sent) => {
        hear(sent.sql.trim());
        return query(sent);
      };
      transaction.executeRaw = (sent) => {
        hear(sent.sql.trim());
        return execute(sent);
      };
      transaction.commit = () => {
        hear('COMMIT');
        return commit();
      };
      return transaction;
    };
    return opened;
  };
}

let heard: string[] = [];

/** What `work` sends to the database in transactions: each statement is a round trip. */
export async function statementsInTransactions(work: () => Promise<unknown>): Promise<string[]> {
  heard = [];
  await work();
  return heard;
}
