/** What a request leaves in the log, over real connections. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '#lib/log/log.ts';
import { currentRequest, noteClient } from '#lib/log/request-notes.ts';
import { captureLog } from '#lib/log/tests/captured-log.ts';
import { observed, requestsInFlight } from './observed.ts';

let logged: ReturnType<typeof captureLog>;
const open: Server[] = [];
beforeEach(() => {
  logged = captureLog();
});
afterEach(() => {
  logged.end();
  for (const server of open.splice(0)) server.close();
});

async function ask(
  handler: RequestListener,
  path: string,
  options: { method?: string; headers?: object; body?: string } = {},
) {
  const server = createServer(observed(handler)).listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { body, ...rest } = options;
  const sent = request({
    host: '127.0.0.1',
    port,
    path,
    ...rest,
    headers: { ...options.headers, connection: 'close' },
  });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  await text(answer);
  await vi.waitFor(() => expect(requestsInFlight()).toBe(0));
  return answer;
}

describe('a request', () => {
  it('is told by one line, once it has been answered', async () => {
    const answer = await ask((_, response) => {
      noteClient('my_app');
      response.writeHead(404).end('x'.repeat(1000));
    }, '/demo/fhir/Patient/emma?name=Roe');
    expect(logged.lines).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        message: 'Request',
        method: 'GET',
        path: '/demo/fhir/Patient/{id}?name=…',
        kind: 'fhir',
        sandbox: 'demo',
        status: 404,
        ms: expect.any(Number),
        bytes: expect.any(Number),
        clientId: 'my_app',
        requestId: answer.headers['x-request-id'],
      },
    ]);
    expect(Number(logged.lines[0]?.bytes)).toBeGreaterThan(1000);
  });

  it.each(['/health/ready', '/_next/static/a.js'])('for %s is told to whoever looks for it', async (path) => {
    await ask((_, response) => void response.end(), path);
    expect(logged.lines).toMatchObject([{ level: 'debug' }]);
  });

  it('that is cut is told as such', async () => {
    await ask((_, response) => {
      response.write('a part');
      response.destroy();
    }, '/demo').catch(() => {});
    await vi.waitFor(() => expect(logged.lines).toMatchObject([{ cut: true, status: 200 }]));
  });
});

it('a request that no longer knows its connection is told all the same', async () => {
  await ask((asked, response) => {
    Object.defineProperty(asked, 'socket', { value: null });
    response.end('answered');
  }, '/demo');
  expect(logged.lines).toMatchObject([{ message: 'Request', status: 200, bytes: expect.any(Number) }]);
});

describe('the id of a request', () => {
  const echo: RequestListener = (asked, response) => {
    log.info('At work.');
    response.end(`${currentRequest()?.id} ${asked.headers['x-request-id']}`);
  };

  it.each(['abc-1', 'urn:uuid:6a569725', 'x'.repeat(100)])('is %s when the client says so', async (id) => {
    const answer = await ask(echo, '/', { headers: { 'x-request-id': id } });
    expect(answer.headers['x-request-id']).toBe(id);
    expect(logged.lines.map(({ requestId }) => requestId)).toEqual([id, id]);
  });

  it.each(['', 'x'.repeat(101), 'a b', 'a"}\\', '<script>'])('is our own when the client says %j', async (id) => {
    const answer = await ask(echo, '/', { headers: { 'x-request-id': id } });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

it('no secret of a request stands in the log, wherever it was sent and whatever fails', async () => {
  const secret = 'S3cr3tV4lu3thatN0bodyMayR3ad';
  const everywhere = {
    method: 'POST',
    headers: {
      authorization: `Bearer ${secret}`,
      cookie: `next-auth.session-token=${secret}; _session=${secret}`,
      'x-request-id': `<${secret}>`,
      'content-type': 'application/x-www-form-urlencoded',
      referer: `https://app.example/?code=${secret}`,
    },
    body: `client_secret=${secret}&password=${secret}&assertion=${secret}`,
  };
  const parameters = ['code', 'state', 'token', 'launch', 'id_token_hint', 'code_verifier', 'anything'];
  const query = parameters.map((name) => `${name}=${secret}`).join('&');
  const handler: RequestListener = async (asked, response) => {
    const body = await text(asked);
    const cause = new Error(`The body was ${body}`);
    log.error('It failed.', { error: new Error(`${asked.url} ${JSON.stringify(asked.headers)}`, { cause }) });
    log.warn('It was slow.', { address: `https://u:${secret}@host/?${query}` });
    response.setHeader('Set-Cookie', `next-auth.session-token=${secret}`).writeHead(500).end();
  };
  for (const path of ['/demo/oauth/token', `/demo/oauth/interaction/${secret}`, '/sign-in']) {
    await ask(handler, `${path}?${query}`, everywhere);
  }
  expect(logged.lines.length).toBeGreaterThanOrEqual(9);
  expect(logged.text()).not.toContain(secret);
});
