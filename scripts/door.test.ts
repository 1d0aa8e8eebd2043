/** Requests over real connections, as neither a proxy nor Next stands between. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, type RequestListener, request, Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { callerAddress } from '#lib/http/caller/caller-address.ts';
import { currentRequest } from '#lib/log/request-notes.ts';
import { clientGone } from '#lib/work/waiting-client.ts';
import { makeDoor } from './door.ts';

const claims = {
  host: 'evil.example',
  forwarded: 'for=192.0.2.1;host=evil.example;proto=https',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'gopher',
  'x-forwarded-port': '444',
  'x-forwarded-for': '192.0.2.66, 198.51.100.1',
  'x-real-ip': '192.0.2.66',
};
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

const policy = { development: false, sampleServers: [] };
const own = { origin: 'https://ehr.example' };

/** A door to which no request may come through, but for what `more` says otherwise. */
function doorWith(more: Partial<Parameters<typeof makeDoor>[0]>): Server {
  const handler = () => expect.unreachable();
  return makeDoor({ own, trustedProxies: [], handler, upgrades: new Server(), policy, ...more });
}

/** Opens a door until the end of the test. @returns its port */
async function opened(door: Server): Promise<number> {
  open.push(door.listen(0, '127.0.0.1'));
  await once(door, 'listening');
  return (door.address() as AddressInfo).port;
}

/** What the handler of a door is told of a request that makes every claim. */
async function seen(trustedProxies: string[], upgrade: boolean): Promise<IncomingHttpHeaders> {
  const upgrades = new Server();
  const told = Promise.withResolvers<IncomingHttpHeaders>();
  upgrades.on('upgrade', (asked: IncomingMessage, socket: Socket) => {
    told.resolve(asked.headers);
    socket.end();
  });
  const handler = (asked: IncomingMessage) => told.resolve(asked.headers);
  const door = doorWith({ trustedProxies, handler, upgrades, policy: { ...policy, development: upgrade } });
  const port = await opened(door);
  const path = upgrade ? '/_next/webpack-hmr' : '/demo';
  const headers = { ...claims, ...(upgrade ? { connection: 'upgrade', upgrade: 'websocket' } : {}) };
  const sent = request({ host: '127.0.0.1', port, path, headers });
  sent.on('error', () => {}).end();
  const headersSeen = await told.promise;
  sent.destroy();
  return headersSeen;
}

it.each([
  ['nobody is trusted', [], '127.0.0.1'],
  ['others are trusted', ['10.0.0.0/8'], '127.0.0.1'],
  ['who connects is a trusted proxy', ['127.0.0.0/8'], '198.51.100.1'],
])('hands on our own address, and that of who sent a request, when %s', async (_, proxies, client) => {
  for (const upgrade of [false, true]) {
    const {
      connection: _connection,
      'x-request-id': _id,
      upgrade: _upgrade,
      'content-security-policy': _policy,
      ...headers
    } = await seen(proxies, upgrade);
    expect(headers, upgrade ? 'an upgrade' : 'a request').toEqual({
      host: 'ehr.example',
      'x-forwarded-host': 'ehr.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': client,
    });
  }
});

it.each([
  ['GET', { 'sec-purpose': 'prefetch' }, 503],
  ['GET', { 'next-router-prefetch': '1' }, 503],
  ['HEAD', {}, 405],
] as const)('answers %s with %j itself, so that nothing is rendered or recorded', async (method, headers, status) => {
  const port = await opened(doorWith({}));
  const answer = await fetch(`http://127.0.0.1:${port}/demo/patients/emma`, { method, headers });
  expect(answer.status).toBe(status);
});

it('tells whoever works for a request where it came from', async () => {
  const told = Promise.withResolvers<string | undefined>();
  const handler: RequestListener = (_, response) => {
    // What is awaited, and what streams later, still belongs to the request.
    setImmediate(() => told.resolve(callerAddress()));
    response.end();
  };
  const door = doorWith({ trustedProxies: ['127.0.0.1'], handler });
  const port = await opened(door);
  await fetch(`http://127.0.0.1:${port}/demo`, { headers: { 'x-forwarded-for': '192.0.2.66, 198.51.100.1' } });
  expect(await told.promise).toBe('198.51.100.1');
});

it.each(['action', 'multipart'])('keeps what is done with a form the work of its request: %s', async (what) => {
  const handler: RequestListener = (asked, response) => {
    const told = `${currentRequest()?.id} ${callerAddress()}`;
    asked.resume().on('end', () => response.end(told));
  };
  const door = doorWith({ handler });
  const port = await opened(door);
  const form = new FormData();
  form.set('a', 'b');
  const encoded = new Response(what === 'action' ? '["b"]' : form);
  const type = { 'content-type': encoded.headers.get('content-type') ?? '' };
  const headers = what === 'action' ? { ...type, 'next-action': 'a0' } : type;
  const body = Buffer.from(await encoded.arrayBuffer());
  const sent = request({
    host: '127.0.0.1',
    port,
    path: '/demo',
    method: 'POST',
    headers: { ...headers, 'x-request-id': 'r-1', 'content-length': body.length },
  });
  // The body comes by itself, as a long one does.
  door.once('request', () => sent.end(body));
  sent.flushHeaders();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  expect(await text(answer)).toBe('r-1 127.0.0.1');
});

it('lets the work know when its client has gone', async () => {
  const told = Promise.withResolvers<AbortSignal | undefined>();
  const handler = () => told.resolve(clientGone());
  const door = doorWith({ handler });
  const port = await opened(door);
  const sent = request({ host: '127.0.0.1', port, path: '/demo' });
  sent.on('error', () => {}).end();
  const gone = await told.promise;
  expect(gone?.aborted).toBe(false);
  sent.destroy();
  if (gone) await once(gone, 'abort');
  expect(gone?.aborted).toBe(true);
});

it('guards what it refuses itself', async () => {
  const door = doorWith({ handler: () => {} });
  const port = await opened(door);
  const sent = request({ host: '127.0.0.1', port, method: 'TRACE', path: '/demo' }).end();
  const [{ statusCode, headers }] = (await once(sent, 'response')) as [IncomingMessage];
  expect(statusCode).toBe(405);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'self'");
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
});

const form = (body: string) => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'multipart/form-data; boundary=b' },
});
const sound = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n';

it.each<[what: string, path: string, sent: RequestInit, status: number, seen: string | undefined]>([
  ['a form', '/demo', form(sound), 200, sound],
  ['a form that ends too early', '/demo', form(sound.slice(0, -9)), 400, undefined],
  ['a form that is too long', '/demo', form(sound.replace('x', 'x'.repeat(2 ** 20))), 413, undefined],
  ['what a handler reads itself', '/demo/admin/import/part', form('none'), 200, 'none'],
  [
    'arguments of an action that are none',
    '/demo',
    { method: 'POST', body: '{', headers: { 'next-action': 'a' } },
    400,
    undefined,
  ],
])('looks at %s before Next decodes it', async (_, path, sent, status, seen) => {
  let read: string | undefined;
  const handler: RequestListener = async (request, response) => {
    read = '';
    for await (const chunk of request) read += chunk;
    response.end();
  };
  const door = doorWith({ handler });
  const port = await opened(door);
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, sent);
  expect([answer.status, read]).toEqual([status, seen]);
});

const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
it.each<[what: string, path: string, headers: Record<string, string>, status: number]>([
  ['an action of a foreign page', '/demo', { 'next-action': 'a', origin: 'https://evil.example' }, 403],
  ['an action of a page without an origin', '/demo', { 'next-action': 'a', origin: 'null' }, 403],
  ['an action to a handler from a foreign page', '/demo/fhir', { 'next-action': 'a', origin: 'http://x.example' }, 403],
  ['a form of a foreign page', '/demo', { ...form('').headers, origin: 'https://evil.example' }, 403],
  ['a simple form of a foreign page', '/demo', { ...urlencoded, origin: 'https://ehr.example:444' }, 403],
  ['a simple form of our own page', '/demo', { ...urlencoded, origin: 'https://ehr.example' }, 200],
  ['a simple form of no browser', '/demo', urlencoded, 200],
  ['a search of a foreign app', '/demo/fhir/Patient/_search', { ...urlencoded, origin: 'https://app.example' }, 200],
  ['a token request of a foreign app', '/demo/oauth/token', { ...urlencoded, origin: 'https://app.example' }, 200],
])('answers %s in words before Next fails on it, or hands it on', async (_, path, headers, status) => {
  const handler: RequestListener = (_request, response) => response.end();
  const door = doorWith({ handler });
  const port = await opened(door);
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: 'a=b', headers });
  expect(answer.status).toBe(status);
  if (status === 403) expect(await answer.text()).toContain('Open https://ehr.example');
});

/** What comes over a connection that sends `lines` and then waits, until the other side closes it. */
async function rawAnswer(door: Server, lines: string[]): Promise<string> {
  const socket = connect(await opened(door), '127.0.0.1');
  socket.setEncoding('utf8').on('error', () => {});
  let answer = '';
  socket.on('data', (text) => {
    answer += text;
  });
  socket.write(`${[...lines, 'Host: ehr.example'].join('\r\n')}\r\n\r\n`);
  await once(socket, 'close');
  return answer;
}

it.each([
  ['/_next/webpack-hmr', 'websocket'],
  ['/demo', 'h2c'],
  ['/', 'TLS/1.0'],
])('answers an upgrade of %s to %s as the request that it is', async (path, to) => {
  const handler: RequestListener = (_, response) => void response.setHeader('Connection', 'close').end('as ever');
  const upgrades = new Server().on('upgrade', () => {});
  const door = doorWith({ handler, upgrades });
  const answer = await rawAnswer(door, [`GET ${path} HTTP/1.1`, 'Connection: Upgrade', `Upgrade: ${to}`]);
  expect(answer).toMatch(/^HTTP\/1.1 200 [\s\S]*as ever/);
});

it.each([['/demo'], ['/_nextdoor'], ['http://evil.example/_next/webpack-hmr']])(
  'ends the connection of an upgrade of %s in development',
  async (path) => {
    // As Next does with what it has no address for: the connection stays open.
    const upgrades = new Server().on('upgrade', () => {});
    const door = doorWith({ upgrades, policy: { ...policy, development: true } });
    expect(await rawAnswer(door, [`GET ${path} HTTP/1.1`, 'Connection: Upgrade', 'Upgrade: websocket'])).toBe('');
  },
);

it.each([
  ['GET * HTTP/1.1', []],
  ['OPTIONS * HTTP/1.1', []],
  ['GET http://evil.example/x HTTP/1.1', []],
  ['POST /sign-in HTTP/1.1', ['Content-Type: multipart/form-data', 'Content-Length: 0']],
])('refuses %s with %j before Next fails on it', async (line, headers) => {
  const answer = await rawAnswer(doorWith({}), [line, 'Connection: close', ...headers]);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).not.toMatch(/^location:/im);
});

/** What a door with two sites answers, and which requests it hands on. */
async function atSites(host: string, method: string, path: string, headers: Record<string, string> = {}) {
  const handedOn: IncomingHttpHeaders[] = [];
  const handler: RequestListener = (asked, response) => {
    handedOn.push(asked.headers);
    response.end();
  };
  const both = { ...own, samplesOrigin: 'https://samples.example' };
  const door = doorWith({ own: both, handler });
  const port = await opened(door);
  const sent = request({ host: '127.0.0.1', port, method, path, headers: { host, ...headers } }).end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  return { status: answer.statusCode, headers: answer.headers, handedOn: handedOn[0] };
}

it('hands requests for the bundled apps on as sent to their origin, without a cookie', async () => {
  const { handedOn } = await atSites('samples.example', 'GET', '/samples/clinic-day/', { cookie: 'session=x' });
  expect(handedOn).toMatchObject({ host: 'samples.example', 'x-forwarded-host': 'samples.example' });
  expect(handedOn).not.toHaveProperty('cookie');
});

it.each(['/', '/demo/patients', '/demo/fhir/Patient', '/demo/oauth/token', '/api/auth/session', '/health'])(
  'has no %s of the EHR at the origin of the bundled apps',
  async (path) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const { status, handedOn } = await atSites('samples.example', method, path, { cookie: 'session=x' });
      expect({ status, handedOn }, method).toEqual({ status: 404, handedOn: undefined });
    }
  },
);

it.each([
  ['ehr.example', {}],
  ['evil.example', { 'x-forwarded-host': 'samples.example' }],
  ['samples.example.evil.example', { forwarded: 'host=samples.example' }],
])('takes a request to %s with %j as one to the EHR', async (host, claims) => {
  const patients = await atSites(host, 'GET', '/demo/patients', claims);
  expect(patients.handedOn).toMatchObject({ host: 'ehr.example', 'x-forwarded-host': 'ehr.example' });
  const app = await atSites(host, 'GET', '/samples/clinic-day/launch?iss=x', claims);
  expect({ status: app.status, to: app.headers.location, handedOn: app.handedOn }).toEqual({
    status: 307,
    to: 'https://samples.example/samples/clinic-day/launch?iss=x',
    handedOn: undefined,
  });
  expect(app.headers['content-security-policy']).toContain('frame-ancestors');
});
