import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '#lib/http/body/read-body.ts';

/** A server over real HTTP, for client libraries that bring their own `fetch`. */
export interface Served {
  /** Scheme, host and port. */
  origin: string;
  /** The request handler; until it is set, requests get a 503. */
  answer: (request: Request) => Promise<Response>;
  stop: () => void;
}

/** Starts listening on a free loopback port. */
export async function serve(): Promise<Served> {
  const served: Served = { origin: '', answer: async () => new Response(null, { status: 503 }), stop: () => {} };
  const server = createServer((request, response) => handle(served, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  served.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  served.stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return served;
}

async function handle({ origin, answer }: Served, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/', headers } = incoming;
  const sent = (await readBody({ body: incoming }, 32 * 1024 * 1024)) ?? new Uint8Array();
  const body = sent.byteLength > 0 ? { body: new Uint8Array(sent) } : {};
  const response = await answer(
    new Request(origin + url, { method, headers: headers as Record<string, string>, ...body }),
  );
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}
