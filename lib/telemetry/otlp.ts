import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { type OpenSpan, type Tracer, traceTo } from './spans.ts';

/**
 * Sends spans to the collector at `endpoint` from now on. The tracer is not made known to libraries: Next would add
 * spans of its own with whole addresses, in which secrets stand.
 * @returns what sends the last ones and stops
 */
export function sendTraces(endpoint: string): () => Promise<void> {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  return traceWith(new BatchSpanProcessor({ exporter }));
}

/** Has spans made, and hands them to `processor`. @returns what stops that */
export function traceWith(processor: SpanProcessor): () => Promise<void> {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'ehr-sandbox' }),
    sampler: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    spanProcessors: [processor],
  });
  traceTo(tracerIn(provider));
  return async () => {
    traceTo(undefined);
    await provider.shutdown();
  };
}

function tracerIn(provider: TracerProvider): Tracer {
  const tracer = provider.getTracer('ehr-sandbox');
  const current = new AsyncLocalStorage<Context | undefined>();
  return {
    outside: (work) => current.run(undefined, work),
    begin(name, attributes, traceparent) {
      const parent = current.getStore() ?? contextOf(traceparent);
      const span = tracer.startSpan(name, { attributes }, parent);
      return opened(span, (work) => current.run(trace.setSpan(parent, span), work));
    },
  };
}

function opened(span: Span, run: OpenSpan['run']): OpenSpan {
  return {
    run,
    end(attributes = {}, failed) {
      span.setAttributes(attributes);
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR, message: failed });
      span.end();
    },
  };
}

const wellFormed = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The span of another server that a request names, if it names one as the specification says. */
function contextOf(traceparent: string | undefined): Context {
  const [, traceId = '', spanId = '', flags = ''] = wellFormed.exec(traceparent ?? '') ?? [];
  if (!/[1-9a-f]/.test(traceId) || !/[1-9a-f]/.test(spanId)) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
  });
}
