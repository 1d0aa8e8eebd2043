import type { SqlDriverAdapterFactory, SqlQuery, SqlQueryable } from '@prisma/driver-adapter-utils';
import { env } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import { measureSince, showGauge } from '#lib/telemetry/metrics.ts';
import { beginSpan } from '#lib/telemetry/spans.ts';
import { processWide } from '#lib/work/process-wide.ts';

/** Whether a statement goes by itself, or by Prisma, as those of transactions do. */
type Place = 'single' | 'prisma';

const own = processWide('statements-in-flight', () => ({ count: 0 }));

showGauge('ehr_database_statements_in_flight', () => [[own.count, {}]]);

/** Observes every statement that goes by Prisma in the same way. */
export function observeAdapter<Factory extends SqlDriverAdapterFactory>(factory: Factory): Factory {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const begin = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolation) => observeQueries(await begin(isolation));
    return observeQueries(adapter);
  };
  return factory;
}

function observeQueries<Queryable extends SqlQueryable>(queryable: Queryable): Queryable {
  const [read, change] = [queryable.queryRaw.bind(queryable), queryable.executeRaw.bind(queryable)];
  queryable.queryRaw = (query: SqlQuery) => observed('prisma', query.sql, () => read(query));
  queryable.executeRaw = (query: SqlQuery) => observed('prisma', query.sql, () => change(query));
  return queryable;
}

/** Runs one statement: measured, traced, and logged when it is slow. */
export async function observed<T>(place: Place, text: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const span = beginSpan('statement', { 'db.query.text': text });
  own.count += 1;
  let result = 'failed';
  try {
    const answer = await (span ? span.run(work) : work());
    result = 'done';
    return answer;
  } finally {
    own.count -= 1;
    span?.end({}, result === 'done' ? undefined : result);
    measureSince('ehr_database_statement_duration_seconds', began, { place, result });
    tellIfSlow(text, performance.now() - began);
  }
}

const maxText = 2000;

/** Values are never part of a text. */
function tellIfSlow(text: string, milliseconds: number): void {
  if (milliseconds < env().running.slowStatement) return;
  const statement = text.replaceAll(/\s+/g, ' ').trim().slice(0, maxText);
  log.warn(
    'A statement was slow.',
    { ms: Math.round(milliseconds), statement },
    { lines: 1, per: 60_000, kind: statement },
  );
}
