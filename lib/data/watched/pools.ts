import { showGauge } from '#lib/telemetry/metrics.ts';

/** What a pool of connections says about itself. */
interface Pool {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** Shows the connections of the process among the metrics. */
export function showPool(pool: Pool): void {
  showGauge('ehr_database_connections', () => [
    [pool.totalCount - pool.idleCount, { state: 'used' }],
    [pool.idleCount, { state: 'idle' }],
  ]);
  showGauge('ehr_database_waiting', () => [[pool.waitingCount, {}]]);
}
