import { z } from 'zod';

/** The settings of how the process runs and ends, and of what it tells whoever operates it. */
export const RunSettings = z.object({
  /** How long requests that are under way may go on when the process is told to end, in seconds. */
  SHUTDOWN_SECONDS: z.coerce.number().int().min(0).max(3600).default(20),
  /** How log lines look; by default for people on a terminal, and as JSON elsewhere. */
  LOG_FORMAT: z.enum(['json', 'pretty'], 'must be json or pretty').optional(),
  /** The least important lines that are written. */
  LOG_LEVEL: z
    .enum(['error', 'warn', 'info', 'debug', 'silent'], 'must be error, warn, info, debug or silent')
    .default('info'),
  /** From how long on a statement of the database is logged, in milliseconds. */
  SLOW_STATEMENT_MS: z.coerce.number().int().min(1).max(3_600_000).default(1000),
  /** The port at which Prometheus reads the metrics; without it there are none. */
  METRICS_PORT: z.coerce.number('must be a port').int().min(1).max(65_535).optional(),
  /** The address at which it does, when that is not loopback. */
  METRICS_HOST: z.string().default('127.0.0.1'),
  /** The collector that traces are sent to, by OTLP over HTTP; without it there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
});

/** How the process runs and ends. */
export interface Running {
  /** How long requests under way may go on at the end, in seconds. */
  shutdownSeconds: number;
  log: LogSettings;
  /** From how many milliseconds on a statement is slow. */
  slowStatement: number;
  /** Where metrics can be read; undefined for nowhere. */
  metrics: { port: number; host: string } | undefined;
  /** The address of the collector of traces, without a slash at its end; undefined for none. */
  traces: string | undefined;
}

interface LogSettings {
  /** Undefined to have it depend on whether the lines go to a terminal. */
  format?: 'json' | 'pretty' | undefined;
  level: 'error' | 'warn' | 'info' | 'debug' | 'silent';
}

/** What the settings come to. */
export function runningOf(settings: z.infer<typeof RunSettings>): Running {
  const { METRICS_PORT, METRICS_HOST, OTEL_EXPORTER_OTLP_ENDPOINT } = settings;
  return {
    shutdownSeconds: settings.SHUTDOWN_SECONDS,
    log: { format: settings.LOG_FORMAT, level: settings.LOG_LEVEL },
    slowStatement: settings.SLOW_STATEMENT_MS,
    metrics: METRICS_PORT === undefined ? undefined : { port: METRICS_PORT, host: METRICS_HOST },
    traces: OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, ''),
  };
}
