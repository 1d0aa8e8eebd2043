import { monitorEventLoopDelay } from 'node:perf_hooks';
import { backgroundWorks } from '#lib/work/background.ts';
import { showGauge } from './metrics.ts';

/** How often it is looked, in milliseconds; what is measured contains this time. */
const resolution = 20;

const seconds = (measured: number) => Math.max(0, measured / 1e9 - resolution / 1000);

/** Watches the process itself. @returns what stops it */
export function showProcess(): () => void {
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  showGauge('ehr_event_loop_delay_seconds', () => {
    const read = [
      [seconds(delay.percentile(50)), { quantile: '0.5' }],
      [seconds(delay.percentile(99)), { quantile: '0.99' }],
      [seconds(delay.max), { quantile: '1' }],
    ] as const;
    delay.reset();
    return read;
  });
  showGauge('ehr_memory_bytes', () => {
    const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
    return [
      [rss, { part: 'resident' }],
      [heapTotal, { part: 'heap' }],
      [heapUsed, { part: 'heap_used' }],
      [external, { part: 'external' }],
    ];
  });
  showGauge('ehr_background_works', () => [[backgroundWorks(), {}]]);
  return () => {
    delay.disable();
  };
}
