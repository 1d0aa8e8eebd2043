import { showGauge } from '#lib/telemetry/metrics.ts';
import { processWide } from '#lib/work/process-wide.ts';

/** What a pool of connections says about itself. */
interface Pool {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

const pools = processWide('pools', () => new Map<string, Pool>());

/** Shows the connections of a pool among the metrics. */
export function showPool(pool: string, state: Pool): void {
  pools.set(pool, state);
}

function* connections() {
  for (const [pool, { totalCount, idleCount }] of pools) {
    yield [totalCount - idleCount, { pool, state: 'used' }] as const;
    yield [idleCount, { pool, state: 'idle' }] as const;
  }
}

showGauge('ehr_database_connections', connections);
showGauge('ehr_database_waiting', () =>
  [...pools].map(([pool, { waitingCount }]) => [waitingCount, { pool }] as const),
);
