/** What takes time, as spans of traces. Costs nothing while traces go nowhere. */
import { processWide } from '#lib/work/process-wide.ts';

/** What a span tells besides its name and its time; never anything about a person. */
export type Attributes = Record<string, string | number>;

/** A span that has begun. */
export interface OpenSpan {
  /** Runs `work` as part of it: spans that begin inside are its children. */
  run<T>(work: () => T): T;
  /** @param failed what went wrong, in a word */
  end(attributes?: Attributes, failed?: string): void;
}

/** Makes spans and sends them somewhere. */
export interface Tracer {
  /** @param traceparent the span of another server that this one belongs to */
  begin(name: string, attributes: Attributes, traceparent?: string): OpenSpan;
  /** Runs `work` as part of no span. */
  outside<T>(work: () => T): T;
}

const own = processWide<{ tracer?: Tracer | undefined }>('tracer', () => ({}));

/** Has spans made from now on. */
export function traceTo(tracer: Tracer | undefined): void {
  own.tracer = tracer;
}

/**
 * Begins a span; undefined when nobody traces.
 * @param traceparent what the sender of a request says that it belongs to
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function beginSpan(name: string, attributes: Attributes, traceparent?: string): OpenSpan | undefined {
  return own.tracer?.begin(name, attributes, traceparent);
}

/** Runs work that is part of no span, even when it is begun inside of one. */
export function outsideSpans<T>(work: () => T): T {
  return own.tracer ? own.tracer.outside(work) : work();
}

/** Runs `work` as a span. */
export async function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  const span = beginSpan(name, attributes);
  if (!span) return work();
  try {
    const result = await span.run(work);
    span.end();
    return result;
  } catch (thrown) {
    span.end({}, thrown instanceof Error ? thrown.name : 'Error');
    throw thrown;
  }
}
