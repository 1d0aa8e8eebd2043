import { requestsInFlight } from '#lib/http/observed.ts';
import { log } from '#lib/log/log.ts';
import { beginEnding } from '#lib/work/ending.ts';
import { codeOf, endNoMoreAtOnce, type Signal, signals } from './before-serving.ts';
import type { Connections } from './connections.ts';

/** A signal that comes so soon after the first, in milliseconds, is the same: a terminal and npm both send Ctrl-C. */
const sameWithin = 500;

interface End {
  connections: Connections[];
  /** How long requests under way may go on, in seconds. */
  seconds: number;
  /** What is done once no request is under way; whether all of it was. */
  last: () => Promise<boolean>;
}

/**
 * Ends the process when it is told to, or when the process that npm watches has gone: finishes what is under way and
 * nothing else. Its code is 0 when everything was finished and written, and 1 when something was cut. A second signal
 * ends it at once, with 128 and the number of the signal.
 */
export function endWhenTold(end: End): void {
  let begun: number | undefined;
  const told = (signal?: Signal) => {
    const now = performance.now();
    if (begun === undefined) {
      begun = now;
      void run(end);
    } else if (signal && now - begun > sameWithin) process.exit(codeOf(signal));
  };
  for (const signal of signals) process.on(signal, () => told(signal));
  process.on('disconnect', () => told());
  endNoMoreAtOnce();
}

async function run({ connections, seconds, last }: End): Promise<void> {
  beginEnding();
  log.info('Ending.', { requests: requestsInFlight(), seconds });
  const over = AbortSignal.timeout(seconds * 1000);
  const cut = (await Promise.all(connections.map((one) => one.finish(over)))).reduce((sum, one) => sum + one, 0);
  if (cut > 0) log.warn('Requests that took too long were cut.', { requests: cut });
  const isWritten = await last();
  log.info('Stopped.');
  process.exit(cut > 0 || !isWritten ? 1 : 0);
}
