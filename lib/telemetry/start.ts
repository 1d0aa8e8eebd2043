import { env } from '#lib/env.ts';

/**
 * Serves metrics and sends traces where the settings say so. The libraries for it are loaded only then.
 * @returns what sends the last traces and stops
 * @throws Error if metrics cannot be served
 */
export async function startTelemetry(): Promise<() => Promise<void>> {
  const { metrics, traces } = env().running;
  const stops: (() => Promise<void>)[] = [];
  if (metrics) {
    const { servePrometheus } = await import('./prometheus.ts');
    stops.push(await servePrometheus(metrics));
  }
  if (traces) {
    const { sendTraces } = await import('./otlp.ts');
    stops.push(sendTraces(traces));
  }
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
