import pino, { type DestinationStream, type Logger } from 'pino';
import { env } from '#lib/env.ts';
import { processWide } from '#lib/work/process-wide.ts';
import { errorFields } from './error-fields.ts';
import { Flood, type Rate, usualRate } from './flood.ts';
import { prettyLine } from './pretty.ts';
import { currentRequest } from './request-notes.ts';
import { withoutSecrets } from './secrets.ts';

/** What a line tells besides its message: `error` is something that was thrown. */
export interface Fields {
  error?: unknown;
  [name: string]: unknown;
}

type Level = 'error' | 'warn' | 'info' | 'debug';

const own = processWide<{ logger?: Logger; flood: Flood }>('log', () => ({ flood: new Flood() }));

/**
 * Writes lines to standard error, by the settings LOG_FORMAT and LOG_LEVEL. A message is a sentence without values,
 * which go into fields, so that lines of one kind are known by it: of errors and warnings that are alike, a few are
 * written each minute, with how many were left out. Secrets are blotted out of every text.
 */
export const log = {
  /** Something failed that should not have. */
  error: (message: string, fields: Fields = {}, rate: Rate = usualRate) => bounded('error', message, fields, rate),
  /** Something that passes, or that somebody should look at. */
  warn: (message: string, fields: Fields = {}, rate: Rate = usualRate) => bounded('warn', message, fields, rate),
  /** What happens as it should. */
  info: (message: string, fields: Fields = {}) => write('info', message, fields),
  /** What only matters to whoever looks for something. */
  debug: (message: string, fields: Fields = {}) => write('debug', message, fields),
};

/** Has lines written, as JSON, to `destination`; undefined for where the settings say. For tests. @internal */
export function writeLogTo(destination: DestinationStream | undefined, level: Level = 'debug'): void {
  own.flood = new Flood();
  if (destination) own.logger = loggerTo(destination, level);
  else delete own.logger;
}

function bounded(level: Level, message: string, fields: Fields, rate: Rate): void {
  const kind = `${level} ${message} ${rate.kind ?? ''} ${nameOf(fields.error)}`;
  const admitted = own.flood.admits(kind, rate, Date.now(), (after) => {
    setTimeout(() => tellLeftOut(level, message, own.flood.leftOut(kind)), after).unref();
  });
  if (!admitted) return;
  const { leftOut } = admitted;
  write(level, message, leftOut > 0 ? { ...fields, leftOut } : fields);
}

function tellLeftOut(level: Level, about: string, leftOut: number): void {
  if (leftOut > 0) write(level, 'More lines like one above were left out.', { about, leftOut });
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return `${error.name} ${'code' in error ? error.code : ''} ${error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? ''}`;
}

function write(level: Level, message: string, { error, ...fields }: Fields): void {
  own.logger ??= makeLogger();
  const { logger } = own;
  if (!logger.isLevelEnabled(level)) return;
  const told = Object.entries(fields).map(([name, value]) => [name, cleaned(name, value)]);
  const request = currentRequest();
  if (request) told.push(['requestId', request.id]);
  if (error !== undefined) told.push(['error', errorFields(error)]);
  logger[level](Object.fromEntries(told), withoutSecrets(message));
}

/** Names that others chose at random stand in the log as they are. */
function cleaned(name: string, value: unknown): unknown {
  return typeof value === 'string' && name !== 'clientId' ? withoutSecrets(value) : value;
}

/** So much waits at most where nobody reads the log; then lines are dropped, as memory is worth more. */
const maxWaiting = 16 * 1024 * 1024;

function makeLogger(): Logger {
  const { format, level } = env().running.log;
  const { isTTY } = process.stderr;
  const pretty = (format ?? (isTTY ? 'pretty' : 'json')) === 'pretty';
  if (!pretty) return loggerTo(pino.destination({ fd: 2, sync: false, maxLength: maxWaiting }), level);
  return loggerTo({ write: (json) => process.stderr.write(prettyLine(json, isTTY)) }, level);
}

function loggerTo(destination: DestinationStream, level: string): Logger {
  const options = {
    level,
    base: null,
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, destination);
}
