import type { Attributes } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { type MetricName, metrics, type Recorder, readGauge, recordMetrics } from './metrics.ts';
import { showProcess } from './process-gauges.ts';

/** From a lookup by key to what a request may take at most, in seconds. */
const boundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Keeps metrics from now on, and answers Prometheus at `/metrics` of an address of its own.
 * @returns what stops both
 * @throws Error if the port is taken, or the machine has no such address
 */
export async function servePrometheus(place: { port: number; host: string }): Promise<() => Promise<void>> {
  const exporter = new PrometheusExporter({
    ...place,
    preventServerStart: true,
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  });
  const provider = new MeterProvider({ readers: [exporter] });
  recordMetrics(recorderIn(provider));
  const stopShowing = showProcess();
  try {
    await exporter.startServer();
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`Metrics cannot be served: ${message}. METRICS_PORT and METRICS_HOST choose another place.`);
  }
  return async () => {
    recordMetrics(undefined);
    stopShowing();
    await provider.shutdown();
  };
}

function recorderIn(provider: MeterProvider): Recorder {
  const meter = provider.getMeter('ehr-sandbox');
  const counters = new Map<MetricName, (by: number, labels: Attributes) => void>();
  for (const [name, { kind, description }] of Object.entries(metrics) as [MetricName, (typeof metrics)[MetricName]][]) {
    if (kind === 'counter') {
      const counter = meter.createCounter(name, { description });
      counters.set(name, (by, labels) => counter.add(by, labels));
    } else if (kind === 'histogram') {
      const advice = { explicitBucketBoundaries: boundaries };
      const histogram = meter.createHistogram(name, { description, unit: 's', advice });
      counters.set(name, (value, labels) => histogram.record(value, labels));
    } else {
      meter.createObservableGauge(name, { description }).addCallback((result) => {
        for (const [value, labels] of readGauge(name)) result.observe(value, labels);
      });
    }
  }
  return {
    count: (name, labels, by) => counters.get(name)?.(by, labels),
    measure: (name, value, labels) => counters.get(name)?.(value, labels),
  };
}
