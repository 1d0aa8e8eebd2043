import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { env } from '#lib/env.ts';
import { captureLog } from '#lib/log/tests/captured-log.ts';
import { recordMetrics } from '#lib/telemetry/metrics.ts';
import { traceWith } from '#lib/telemetry/otlp.ts';
import { database } from '../database/database.ts';
import { query, sql } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';

const measured = vi.fn();
const usual = env().running.slowStatement;
let logged: ReturnType<typeof captureLog>;
beforeEach(() => {
  logged = captureLog();
  measured.mockClear();
  recordMetrics({ count: () => {}, measure: measured });
});
afterEach(() => {
  logged.end();
  recordMetrics(undefined);
  env().running.slowStatement = usual;
});

const statements = () =>
  measured.mock.calls
    .filter(([name]) => name === 'ehr_database_statement_duration_seconds')
    .map(([, , labels]) => labels);

it('every statement is measured, by itself, in a transaction and of a model, whether it succeeds or not', async () => {
  await query(sql`SELECT 1`);
  await expect(query(sql`SELECT nothing`)).rejects.toThrow();
  await database().secret.count();
  expect(statements()).toEqual([
    { place: 'single', result: 'done' },
    { place: 'single', result: 'failed' },
    { place: 'prisma', result: 'done' },
  ]);
  await inTransaction(() => query(sql`SELECT 1`));
  expect(statements()).toContainEqual({ place: 'prisma', result: 'done' });
  expect(measured).toHaveBeenCalledWith('ehr_transaction_duration_seconds', expect.any(Number), {
    result: 'committed',
  });
});

it('a slow statement is logged once a minute, by its text and without its values', async () => {
  env().running.slowStatement = 0;
  const named = (name: string) => query(sql`SELECT ${name}::text AS slow`);
  await named('Mary Roe');
  await named('Jane Roe');
  await inTransaction(() => query(sql`SELECT ${'Mary Roe'}::text AS other`));
  const slow = logged.lines.filter(({ message }) => message === 'A statement was slow.');
  expect(slow.map(({ statement }) => statement)).toEqual(
    expect.arrayContaining(['SELECT $1::text AS slow', 'SELECT $1::text AS other']),
  );
  expect(slow.filter(({ statement }) => statement === 'SELECT $1::text AS slow')).toHaveLength(1);
  expect(logged.text()).not.toContain('Roe');
});

it('a statement of a transaction is a span in that of the transaction, without its values', async () => {
  const exporter = new InMemorySpanExporter();
  const stop = traceWith(new SimpleSpanProcessor({ exporter }));
  await inTransaction(() => query(sql`SELECT ${'Mary Roe'}::text AS traced`));
  const spans = exporter.getFinishedSpans();
  const statement = spans.find(({ attributes }) => String(attributes['db.query.text']).includes('traced'));
  const transaction = spans.find(({ name }) => name === 'transaction');
  expect(statement?.parentSpanContext?.spanId).toBe(transaction?.spanContext().spanId);
  expect(JSON.stringify(spans.map(({ attributes, events }) => [attributes, events]))).not.toContain('Roe');
  await stop();
});
