import { log } from '#lib/log/log.ts';
import { count } from '#lib/telemetry/metrics.ts';
import { isEnding } from '#lib/work/ending.ts';
import { underLease } from './lease.ts';
import { sweepRules } from './rules.ts';

const minute = 60_000;

const terms = { name: 'sweep', working: 30 * minute, resting: 7 * minute };

/**
 * Sweeps, unless another process does just now or has done so lately. Never rejects: what fails is logged, and tried
 * again the next time.
 */
export async function sweepInTurn(now = new Date()): Promise<void> {
  await underLease(terms, now, () => sweep(now)).catch((error) => log.error('Nothing could be swept.', { error }));
}

/**
 * Deletes what is kept no longer, rule by rule and slice by slice. What fails is logged, and keeps nothing else from
 * being swept. It stops after a slice when the process ends. Several processes may sweep at once.
 */
export async function sweep(now = new Date()): Promise<void> {
  for (const { what, sweep: part } of sweepRules) {
    if (isEnding()) return;
    await part(now).then(
      () => count('ehr_sweep_parts_total', { result: 'done' }),
      (error) => {
        count('ehr_sweep_parts_total', { result: 'failed' });
        log.error('A part of what has expired could not be swept.', { part: what, error });
      },
    );
  }
}

/** How long to wait before the next sweep, in milliseconds: not the same in processes that were started together. */
export function pauseBeforeSweep(): number {
  return (8 + 4 * Math.random()) * minute;
}
