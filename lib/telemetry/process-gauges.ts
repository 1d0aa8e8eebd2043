import { monitorEventLoopDelay } from 'node:perf_hooks';
import { backgroundWorks } from '#lib/work/background.ts';
import { showGauge } from './metrics.ts';

const nanoseconds = 1e9;

/** Watches the process itself. @returns what stops it */
export function showProcess(): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  showGauge('ehr_event_loop_delay_seconds', () => {
    const read = [
      [delay.percentile(50) / nanoseconds, { quantile: '0.5' }],
      [delay.percentile(99) / nanoseconds, { quantile: '0.99' }],
      [delay.max / nanoseconds, { quantile: '1' }],
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
