import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it } from 'vitest';
import { count, type MetricName, measureSince, metrics, readGauge, recordMetrics, showGauge } from './metrics.ts';
import { traceWith } from './otlp.ts';
import { servePrometheus } from './prometheus.ts';
import { beginSpan, inSpan } from './spans.ts';

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Makes something happen that the metric tells. */
function happen(name: MetricName): void {
  const labels = Object.fromEntries(metrics[name].labels.map((label) => [label, 'x'])) as { result: string };
  const { kind } = metrics[name];
  if (kind === 'counter') count(name as 'ehr_launches_total', labels, 2);
  else if (kind === 'gauge') showGauge(name as 'ehr_memory_bytes', () => [[3, labels]]);
  else measureSince(name as 'ehr_transaction_duration_seconds', performance.now() - 30, labels);
}

describe('metrics', () => {
  it('are read at a port of their own, each by the name, kind and description that it has', async () => {
    const port = await freePort();
    stops.push(await servePrometheus({ port, host: '127.0.0.1' }));
    for (const name of Object.keys(metrics) as MetricName[]) happen(name);
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    for (const [name, { kind, description }] of Object.entries(metrics)) {
      expect(text).toContain(`# HELP ${name} ${description}\n`);
      expect(text).toContain(`# TYPE ${name} ${kind}\n`);
    }
    expect(text).toContain('ehr_launches_total{result="x"} 2\n');
    expect(text).toContain('ehr_transaction_duration_seconds_bucket{result="x",le="0.025"} 0\n');
    expect(text).toContain('ehr_transaction_duration_seconds_bucket{result="x",le="0.05"} 1\n');
    expect(text).toContain('ehr_memory_bytes{part="x"} 3\n');
  });

  it('say which setting chooses another port when theirs is taken', async () => {
    const port = await freePort();
    stops.push(await servePrometheus({ port, host: '127.0.0.1' }));
    await expect(servePrometheus({ port, host: '127.0.0.1' })).rejects.toThrow('METRICS_PORT');
    recordMetrics(undefined);
  });

  it('of a gauge that nobody shows have no value', () => {
    showGauge('ehr_database_waiting', () => [[1, {}]]);
    expect([...readGauge('ehr_database_waiting')]).toEqual([[1, {}]]);
  });
});

describe('spans', () => {
  let exporter: InMemorySpanExporter;
  const traced = () => {
    exporter = new InMemorySpanExporter();
    stops.push(traceWith(new SimpleSpanProcessor({ exporter })));
  };
  const finished = () => exporter.getFinishedSpans();

  it('cost no more than a call while nobody traces', async () => {
    expect(beginSpan('request', {})).toBeUndefined();
    expect(await inSpan('transaction', {}, async () => 'done')).toBe('done');
  });

  it('are children of the span around them, and that of the one which the sender names', async () => {
    traced();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const request = beginSpan('request', { 'http.request.method': 'GET' }, traceparent);
    await request?.run(() => inSpan('transaction', {}, () => inSpan('statement', {}, async () => {})));
    request?.end({ 'http.response.status_code': 200 });
    const [statement, transaction, outer] = finished();
    expect([statement, transaction, outer].map((span) => span?.name)).toEqual(['statement', 'transaction', 'request']);
    expect(statement?.parentSpanContext?.spanId).toBe(transaction?.spanContext().spanId);
    expect(transaction?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(outer?.parentSpanContext).toMatchObject({ traceId: traceparent.slice(3, 35), spanId: '00f067aa0ba902b7' });
    expect(outer?.attributes).toEqual({ 'http.request.method': 'GET', 'http.response.status_code': 200 });
  });

  it.each([
    undefined,
    '',
    '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01',
    '01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'x'.repeat(1000),
  ])('begin a trace of their own for a sender who says %j', (traceparent) => {
    traced();
    beginSpan('request', {}, traceparent)?.end();
    expect(finished()[0]?.parentSpanContext).toBeUndefined();
  });

  it('say that their work failed, and not why', async () => {
    traced();
    await inSpan('transaction', {}, () => Promise.reject(new TypeError('Mary Roe'))).catch(() => {});
    expect(finished()[0]?.status).toEqual({ code: 2, message: 'TypeError' });
    expect(JSON.stringify(finished()[0]?.events)).toBe('[]');
  });
});
