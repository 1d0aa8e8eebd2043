import { connection } from '../database.ts';

/** What a driver throws, such as `pg` of a server that is shutting down. */
export type Fault = () => Error;

/** Which statement fails, the first being 1, and how. Those after it fail as well. */
interface Plan {
  from: number;
  fault: Fault;
}

let plan: Plan | undefined;
let sent = 0;

/** Makes the database of this process able to fail; to be called before the first query. */
export function makeFallible(): void {
  const { adapter, driver } = connection();
  const send = driver.send.bind(driver);
  driver.send = async (statement) => {
    failAsPlanned(statement.text);
    return send(statement);
  };
  const connect = adapter.connect.bind(adapter);
  adapter.connect = async () => {
    const opened = fallible(await connect());
    const begin = opened.startTransaction.bind(opened);
    opened.startTransaction = async (level) => {
      failAsPlanned('BEGIN');
      return fallible(await begin(level));
    };
    return opened;
  };
}

type Opened = Awaited<ReturnType<ReturnType<typeof connection>['adapter']['connect']>>;

function fallible<Queryable extends Pick<Opened, 'queryRaw' | 'executeRaw'>>(queryable: Queryable): Queryable {
  const [query, execute] = [queryable.queryRaw.bind(queryable), queryable.executeRaw.bind(queryable)];
  queryable.queryRaw = async (statement) => {
    failAsPlanned(statement.sql);
    return query(statement);
  };
  queryable.executeRaw = async (statement) => {
    try {
      failAsPlanned(statement.sql);
    } catch (fault) {
      // Prisma takes a connection for free once it has asked for the end of its transaction, whatever came of that.
      if (statement.sql === 'COMMIT') await execute({ ...statement, sql: 'ROLLBACK' });
      throw fault;
    }
    return execute(statement);
  };
  return queryable;
}

/** A transaction that has failed is still undone, and what is written behind answers is tested by itself. */
const spared = /^(ROLLBACK|INSERT INTO audit_event)/;

function failAsPlanned(statement: string): void {
  if (!plan || spared.test(statement.trim())) return;
  sent += 1;
  if (sent >= plan.from) throw plan.fault();
}

/** Runs `work` while the database fails from a statement on; its result, and whether any statement failed. */
export async function whileFailing<T>(failing: Plan, work: () => Promise<T>): Promise<{ result: T; failed: boolean }> {
  plan = failing;
  sent = 0;
  try {
    const result = await work();
    return { result, failed: sent >= failing.from };
  } finally {
    plan = undefined;
  }
}

/** How many statements have failed in the present plan. */
export function failures(): number {
  return plan ? Math.max(sent - plan.from + 1, 0) : 0;
}

const coded = (code: string, message: string) => () =>
  Object.assign(new Error(`${message} secret-host`), { code, severity: 'FATAL' });
const uncoded = (message: string) => () => new Error(message);

/** Everything that may ail a PostgreSQL server, as its driver tells it. */
export const faults: [what: string, fault: Fault][] = [
  ['no server', () => Object.assign(new Error('connect ECONNREFUSED secret-host'), { code: 'ECONNREFUSED' })],
  ['a connection that breaks', uncoded('Connection terminated unexpectedly')],
  ['a server that hangs', uncoded('Query read timeout')],
  ['no free connection', uncoded('timeout exceeded when trying to connect')],
  ['a shutdown', coded('57P01', 'terminating connection due to administrator command')],
  ['a crash', coded('57P02', 'terminating connection because of crash of another server process')],
  ['a start', coded('57P03', 'the database system is starting up')],
  ['a read-only server', coded('25006', 'cannot execute UPDATE in a read-only transaction')],
  ['a full disk', coded('53100', 'could not extend file')],
  ['a disk that fails', coded('58030', 'could not read block')],
  ['too many connections', coded('53300', 'sorry, too many clients already')],
  ['no memory', coded('53200', 'out of memory')],
  ['a statement that takes too long', coded('57014', 'canceling statement due to statement timeout')],
  ['a lock that others hold', coded('55P03', 'canceling statement due to lock timeout')],
  ['a deadlock each time', coded('40P01', 'deadlock detected')],
  ['a password that was changed', coded('28P01', 'password authentication failed')],
];
