import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a CDS service received. */
export interface Received {
  path: string;
  authorization: string;
  body: Record<string, unknown>;
}

type Answer = (response: ServerResponse, received: Received) => unknown;

/** A server of outside CDS services on a port of its own, which keeps the requests that it received. */
export class CdsServer {
  readonly received: Received[] = [];
  readonly answers = new Map<string, Answer>();
  /** The waiters for the next request to each path. */
  readonly #waiting = new Map<string, (received: Received) => void>();
  #server: Server | undefined;

  async start(): Promise<void> {
    const server = createServer((request, response) => this.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
  }

  get discoveryUrl(): string {
    const address = this.#server?.address() as AddressInfo | undefined;
    return `http://127.0.0.1:${address?.port}/cds-services`;
  }

  /** From now on, answers calls of a service with this JSON. */
  answer(service: string, json: unknown): void {
    this.answers.set(`/cds-services/${service}`, (response) => response.end(JSON.stringify(json)));
  }

  next(path: string): Promise<Received> {
    return new Promise((resolve) => this.#waiting.set(path, resolve));
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = request.url ?? '';
    const text = Buffer.concat(chunks).toString();
    const received = { path, authorization: request.headers.authorization ?? '', body: text ? JSON.parse(text) : {} };
    this.received.push(received);
    this.#waiting.get(path)?.(received);
    const answer = this.answers.get(path);
    if (answer) answer(response, received);
    else response.writeHead(path.endsWith('/feedback') ? 200 : 404).end();
  }
}
