/** One figure of the bench: repetitions per second, and how long each took. */
export interface Figure {
  name: string;
  requests: number;
  /** Per second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
}

export interface Load {
  /** Number of repetitions under way at once. */
  concurrency: number;
  seconds: number;
}

/**
 * Repeats `once` for some time, several at once, after a short warm-up that is not counted.
 * @throws what `once` throws, since timing failing requests would prove nothing
 */
export async function measure(
  name: string,
  once: () => Promise<void>,
  { concurrency, seconds }: Load,
): Promise<Figure> {
  await repeat(once, concurrency, Math.min(2, seconds / 2));
  const started = performance.now();
  const times = await repeat(once, concurrency, seconds);
  const elapsed = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  return { name, requests: times.length, rate: times.length / elapsed, p50: at(times, 0.5), p95: at(times, 0.95) };
}

async function repeat(once: () => Promise<void>, concurrency: number, seconds: number): Promise<number[]> {
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  const worker = async () => {
    while (performance.now() < end) {
      const started = performance.now();
      await once();
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return times;
}

function at(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
