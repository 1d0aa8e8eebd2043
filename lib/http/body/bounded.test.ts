import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { bounded } from './bounded.ts';
import { maxBodyLength } from './max-body-length.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

let server: Server;
let sockets: Socket[] = [];

async function open(handler: Handler): Promise<Socket> {
  const answer = bounded(handler);
  server = createServer(answer).on('checkContinue', answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return again();
}

async function again(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket;
}

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const head = (path: string, ...lines: string[]) =>
  [`POST ${path} HTTP/1.1`, 'Host: here', ...lines, '', ''].join('\r\n');
const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`;

/** What the server says until it ends the connection, and how many bytes it was sent: `length`, or until it ends. */
async function sendOn(socket: Socket, first: string, length = Number.POSITIVE_INFINITY) {
  let heard = '';
  let sent = 0;
  let ended = false;
  socket.on('data', (data) => (heard += data));
  const end = once(socket, 'end').then(() => (ended = true));
  socket.write(first);
  while (!ended && sent < length) {
    sent += chunk.length;
    const more = socket.write(chunk);
    await (more ? new Promise(setImmediate) : Promise.race([once(socket, 'drain'), end]));
  }
  await end;
  return { heard, sent };
}

/** Reads a body to its end, as a framework may, and counts it. */
function swallowing(counted: { length: number }): Handler {
  return async (request, response) => {
    try {
      for await (const { length } of request) counted.length += length;
    } catch {
      response.setHeader('x-late', 'yes');
    }
    response.writeHead(200).end('swallowed');
  };
}

it('a page gets no more than its limit of a body without end, which is answered with 413', async () => {
  const counted = { length: 0 };
  const socket = await open(swallowing(counted));
  const { heard } = await sendOn(socket, head('/demo/patients', 'Transfer-Encoding: chunked'));
  expect(heard).toMatch(/^HTTP\/1.1 413 .*\r\nConnection: close\r\n.*longer than 1048576 bytes\.$/s);
  expect(counted.length).toBeLessThanOrEqual(maxBodyLength.form);
});

it('a body that says to be too long is not read at all', async () => {
  let called = false;
  const socket = await open(() => (called = true));
  const { heard } = await sendOn(socket, head('/sign-in', 'Content-Length: 9000000'), 2_000_000);
  expect(heard).toMatch(/^HTTP\/1.1 413 .*Connection: close/s);
  expect(called).toBe(false);
});

it('nobody is invited to send what is too long', async () => {
  const socket = await open((_, response) => response.end());
  const expecting = 'Expect: 100-continue';
  const refused = await sendOn(socket, head('/sign-in', 'Content-Length: 9000000', expecting), 0);
  expect(refused.heard).toMatch(/^HTTP\/1.1 413 /);
  const other = await again();
  other.write(head('/sign-in', 'Content-Length: 2', expecting));
  expect(String((await once(other, 'data'))[0])).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\n/);
});

const early: [how: string, handler: Handler][] = [
  ['nothing of it', (_, response) => response.writeHead(401).end('no')],
  [
    'its beginning',
    async (request, response) => {
      for await (const _ of request) break;
      response.writeHead(401).end('no');
    },
  ],
  [
    'its beginning as a Fetch stream',
    async (message, response) => {
      const init = { method: 'POST', body: message as unknown as ReadableStream, duplex: 'half' };
      const request = new Request('http://here/', init as RequestInit);
      for await (const _ of request.body ?? []) break;
      response.writeHead(401).end('no');
    },
  ],
];

it.each(early)('an answer of a handler that reads %s ends the connection, and is not lost', async (_, handler) => {
  const socket = await open(handler);
  const { heard } = await sendOn(socket, head('/demo/fhir/Patient', 'Content-Length: 50000000'), 8_000_000);
  expect(heard).toMatch(/^HTTP\/1.1 401 .*\r\nConnection: close\r\n.*no/s);
});

it('who never stops sending is cut off', async () => {
  const socket = await open((_, response) => response.writeHead(401).end('no'));
  socket.on('error', () => {});
  socket.write(head('/demo/fhir/Patient', 'Transfer-Encoding: chunked'));
  let sent = 0;
  while (!socket.destroyed) {
    sent += chunk.length;
    const more = socket.write(chunk);
    await (more ? new Promise(setImmediate) : once(socket, 'drain').catch(() => {}));
  }
  expect(sent).toBeLessThan(100_000_000);
});

it('a connection stays open when the body arrived whole', async () => {
  const counted = { length: 0 };
  const socket = await open(swallowing(counted));
  for (const length of [5, 10]) {
    socket.write(`${head('/demo/patients', 'Content-Length: 5')}hello`);
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 200 .*Connection: keep-alive/s);
    expect(counted.length).toBe(length);
  }
});
