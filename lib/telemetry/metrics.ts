/** Every metric that the server has, and what counts and measures into it. Costs nothing while nobody reads metrics. */
import { processWide } from '#lib/work/process-wide.ts';

/** What a label may be: one of few values, never an id. */
type Labels = Record<string, string>;

interface Metric {
  kind: 'counter' | 'histogram' | 'gauge';
  description: string;
  labels: readonly string[];
}

/** By its name in Prometheus. */
export const metrics = {
  ehr_http_requests_in_flight: { kind: 'gauge', description: 'requests that are being answered', labels: [] },
  ehr_http_request_duration_seconds: {
    kind: 'histogram',
    description: 'requests answered, and how long it took',
    labels: ['kind', 'method', 'status'],
  },
  ehr_outbound_request_duration_seconds: {
    kind: 'histogram',
    description: 'requests to other servers, such as key sets and CDS services, with the wait for their turn',
    labels: ['result'],
  },
  ehr_database_statement_duration_seconds: {
    kind: 'histogram',
    description: 'statements sent to the database, and how long they took, with the wait for a connection',
    labels: ['place', 'result'],
  },
  ehr_database_statements_in_flight: {
    kind: 'gauge',
    description: 'statements sent to the database and not answered yet',
    labels: [],
  },
  ehr_database_connections: {
    kind: 'gauge',
    description: 'open connections to a PostgreSQL server',
    labels: ['state'],
  },
  ehr_database_waiting: { kind: 'gauge', description: 'work that waits for a connection', labels: [] },
  ehr_transaction_duration_seconds: {
    kind: 'histogram',
    description: 'tries of transactions, and how long they took',
    labels: ['result'],
  },
  ehr_transaction_retries_total: {
    kind: 'counter',
    description: 'transactions that were begun again',
    labels: ['reason'],
  },
  ehr_launches_total: { kind: 'counter', description: 'launch ids that apps brought', labels: ['result'] },
  ehr_token_requests_total: {
    kind: 'counter',
    description: 'requests for tokens, and whether they got some',
    labels: ['grant_type', 'result'],
  },
  ehr_audit_queue_records: { kind: 'gauge', description: 'audit records that wait to be written', labels: [] },
  ehr_audit_records_total: { kind: 'counter', description: 'audit records', labels: ['result'] },
  ehr_sweep_parts_total: {
    kind: 'counter',
    description: 'clearings of what has expired, part by part',
    labels: ['result'],
  },
  ehr_background_works: {
    kind: 'gauge',
    description: 'works in the background that have begun or wait: filling, clearing away, indexing again',
    labels: [],
  },
  ehr_import_parts_total: { kind: 'counter', description: 'parts of data files that came in', labels: ['result'] },
  ehr_event_loop_delay_seconds: {
    kind: 'gauge',
    description: 'how long the event loop was busy since the last reading',
    labels: ['quantile'],
  },
  ehr_memory_bytes: { kind: 'gauge', description: 'memory of the process', labels: ['part'] },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;
type OfKind<Kind> = { [Name in MetricName]: (typeof metrics)[Name]['kind'] extends Kind ? Name : never }[MetricName];
type LabelsOf<Name extends MetricName> = Record<(typeof metrics)[Name]['labels'][number], string>;

/** What a gauge shows when it is read: one value for each set of labels. */
export type Reading = Iterable<readonly [value: number, labels: Labels]>;

/** Keeps what is counted and measured. */
export interface Recorder {
  count(name: MetricName, labels: Labels, by: number): void;
  measure(name: MetricName, value: number, labels: Labels): void;
}

interface Metrics {
  recorder?: Recorder | undefined;
  gauges: Map<MetricName, () => Reading>;
}

const own = processWide<Metrics>('metrics', () => ({ gauges: new Map() }));

/** Has everything counted and measured from now on. */
export function recordMetrics(recorder: Recorder | undefined): void {
  own.recorder = recorder;
}

/** Counts something that happened. */
export function count<Name extends OfKind<'counter'>>(name: Name, labels: LabelsOf<Name>, by = 1): void {
  own.recorder?.count(name, labels, by);
}

/** Measures how long something took, from `began` in milliseconds of `performance.now()` until now. */
export function measureSince<Name extends OfKind<'histogram'>>(
  name: Name,
  began: number,
  labels: LabelsOf<Name>,
): void {
  own.recorder?.measure(name, (performance.now() - began) / 1000, labels);
}

/** Says how a gauge is read, when somebody reads the metrics. The last one to say so counts. */
export function showGauge(name: OfKind<'gauge'>, read: () => Reading): void {
  own.gauges.set(name, read);
}

/** What a gauge shows now; nothing when nobody has said how it is read. */
export function readGauge(name: MetricName): Reading {
  return own.gauges.get(name)?.() ?? [];
}
