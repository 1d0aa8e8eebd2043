import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { log } from '#lib/log/log.ts';
import { duringRequest, type RequestNotes } from '#lib/log/request-notes.ts';
import { measureSince, showGauge } from '#lib/telemetry/metrics.ts';
import { beginSpan } from '#lib/telemetry/spans.ts';
import { processWide } from '#lib/work/process-wide.ts';
import { sentRequestId } from './request-id.ts';
import { routeKindOf, sandboxOf } from './told/route-kind.ts';
import { toldAddress } from './told/told-address.ts';

const own = processWide('requests-in-flight', () => ({ count: 0 }));

/** How many requests are being answered. */
export function requestsInFlight(): number {
  return own.count;
}

showGauge('ehr_http_requests_in_flight', () => [[own.count, {}]]);

/**
 * Makes a request listener that gives each request an id, its own or that of `X-Request-Id`, which stands in the answer
 * and in every log line of its work, and that logs, measures and traces it once it has been answered.
 */
export function observed(listener: RequestListener): RequestListener {
  return (request, response) => {
    const { method = '', url = '/', headers, socket } = request;
    const notes: RequestNotes = { id: sentRequestId(headers['x-request-id']) ?? crypto.randomUUID() };
    headers['x-request-id'] = notes.id;
    nameInAnswer(response, notes.id);
    const arrived = {
      method,
      url,
      kind: routeKindOf(url),
      began: performance.now(),
      socket,
      before: socket.bytesWritten,
    };
    const span = beginSpan(`${method} ${arrived.kind}`, { 'http.request.method': method }, traceparentOf(headers));
    own.count += 1;
    response.once('close', () => {
      own.count -= 1;
      // Outside of the work of the request, so it has to be told which one it is.
      const answered = duringRequest(notes, () => tell(arrived, response, notes));
      span?.end(answered, response.statusCode >= 500 ? 'server error' : undefined);
    });
    const work = () => duringRequest(notes, () => listener(request, response));
    return span ? span.run(work) : work();
  };
}

interface Arrived {
  method: string;
  url: string;
  kind: ReturnType<typeof routeKindOf>;
  began: number;
  /** The connection, which a request that was cut no longer knows, and the bytes it had sent before. */
  socket: Socket;
  before: number;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** @returns what the span of the request tells */
function tell(arrived: Arrived, response: ServerResponse, { clientId }: RequestNotes) {
  const { method, url, kind, began, socket, before } = arrived;
  const { writableFinished, headersSent } = response;
  const status = headersSent ? response.statusCode : 0;
  measureSince('ehr_http_request_duration_seconds', began, {
    kind,
    method: methods.has(method) ? method : 'other',
    status: writableFinished ? `${Math.floor(status / 100)}xx` : 'cut',
  });
  const path = toldAddress(url);
  log[kind === 'health' || kind === 'file' ? 'debug' : 'info']('Request', {
    method,
    path,
    kind,
    sandbox: sandboxOf(url, kind),
    status: status || undefined,
    cut: writableFinished ? undefined : true,
    ms: Math.round((performance.now() - began) * 10) / 10,
    // On the connection, with headers.
    bytes: socket.bytesWritten - before,
    clientId,
  });
  return { 'http.response.status_code': status, 'url.path': path, 'ehr.kind': kind };
}

/** Another answer to the same request, such as a failure that Next reports, keeps the id. */
function nameInAnswer(response: ServerResponse, id: string): void {
  const { writeHead } = response;
  response.writeHead = (...head: unknown[]) => {
    response.setHeader('X-Request-Id', id);
    return Reflect.apply(writeHead, response, head);
  };
}

function traceparentOf({ traceparent }: IncomingMessage['headers']): string | undefined {
  return typeof traceparent === 'string' ? traceparent : undefined;
}
