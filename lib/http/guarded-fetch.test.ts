import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { transactionStorage } from '#lib/work/open-transaction.ts';
import { fetchJson } from './fetch-json.ts';
import { guardedFetch, type OutboundRules } from './guarded-fetch.ts';

const json = { 'content-type': 'application/json' };
const pages: Record<string, RequestListener> = {
  '/jwks': (_, response) => response.writeHead(200, { ...json, 'cache-control': 'max-age=7' }).end('{"keys":[]}'),
  '/set': (_, response) => response.writeHead(200, { 'content-type': 'application/jwk-set+json' }).end('{}'),
  '/redirect': (_, response) => response.writeHead(302, { location: '/jwks' }).end(),
  '/long': (_, response) => response.writeHead(200, json).end(`"${'x'.repeat(200_000)}"`),
  '/endless': (_, response) => {
    response.writeHead(200, json);
    const pour = () => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
    };
    response.on('drain', pour);
    pour();
  },
  '/silent': () => undefined,
  // Told apart from the one before, of whose requests some may arrive when they have been given up.
  '/slow': () => undefined,
  '/html': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
  '/broken': (_, response) => response.writeHead(200, json).end('{"keys":'),
  '/missing': (_, response) => response.writeHead(404, json).end('{}'),
  '/empty': (_, response) => response.writeHead(204).end(),
};

let server: Server;
let origin: string;
let seen: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    pages[request.url ?? '']?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const strict: OutboundRules = {
  ownOrigins: ['https://ehr.example', 'https://samples.example'],
  allowPrivateAddresses: false,
};
const open: OutboundRules = { ...strict, allowPrivateAddresses: true };

/** A DNS resolver that answers each query with the next of these lists. */
function answering(...answers: string[][]): LookupFunction {
  return (_, { all }, callback) => {
    const addresses = answers.shift() ?? [];
    if (all)
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    else callback(null, addresses[0] ?? '', 4);
  };
}

describe('where private addresses are allowed', () => {
  it.each(['/jwks', '/set'])('gets the JSON at %s', async (path) => {
    const { headers } = await fetchJson(origin + path, open);
    expect(headers.get('content-type')).toMatch(/json/);
    expect(seen).toEqual([`GET ${path}`]);
  });

  it.each([
    ['/redirect', 'redirects, which is not followed'],
    ['/long', 'answers with more than 131072 bytes'],
    ['/endless', 'answers with more than 131072 bytes'],
    ['/silent', 'does not answer in time'],
    ['/html', 'does not answer with JSON (Content-Type application/json or application/jwk-set+json)'],
    ['/broken', 'answers with something that is not JSON'],
    ['/missing', 'answers with status 404 instead of 200'],
    ['/empty', 'answers with status 204 instead of 200'],
  ])('says of %s that it %s', async (path, message) => {
    const patience = path === '/silent' ? 100 : 4000;
    await expect(fetchJson(origin + path, { ...open, patience })).rejects.toThrow(message);
    expect(seen).toEqual([`GET ${path}`]);
  });

  it('says only that a closed port cannot be reached', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const problem = await guardedFetch(`http://127.0.0.1:${port}/`, open).catch((error: Error) => error.message);
    expect(problem).toBe('cannot be reached');
  });
});

describe('elsewhere', () => {
  const port = () => new URL(origin).port;

  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '10.0.0.1',
    '192.168.0.1',
    '169.254.169.254',
    '[fd00::1]',
    '[fe80::1]',
    '[64:ff9b::7f00:1]',
    'localhost',
  ])('%s is not a host to fetch from', async (host) => {
    const problem = guardedFetch(`https://${host}:${port()}/jwks`, strict);
    await expect(problem).rejects.toThrow('does not lead to a host on the public internet');
    expect(seen).toEqual([]);
  });

  it.each([[['127.0.0.1']], [['::1']], [['93.184.215.14', '10.0.0.1']], [['::ffff:127.0.0.1']]])(
    'nor is a name that leads to %j',
    async (addresses) => {
      const rules = { ...strict, lookup: answering(addresses, addresses) };
      const problem = guardedFetch(`https://app.example:${port()}/jwks`, rules);
      await expect(problem).rejects.toThrow('does not lead to a host on the public internet');
      expect(seen).toEqual([]);
    },
  );

  it('connects to no other address than the one that was checked', async () => {
    const asked: string[] = [];
    const resolve = answering(['127.0.0.1'], ['93.184.215.14'], ['127.0.0.1']);
    const lookup: LookupFunction = (hostname, options, callback) => {
      asked.push(hostname);
      resolve(hostname, options, callback);
    };
    const problem = guardedFetch(`https://rebind.example:${port()}/jwks`, { ...strict, lookup });
    await expect(problem).rejects.toThrow('does not lead to a host on the public internet');
    expect([asked, seen]).toEqual([['rebind.example'], []]);
  });

  it('plain http is refused', async () => {
    await expect(guardedFetch('http://app.example/jwks', strict)).rejects.toThrow('does not use https');
  });

  it('our own origin may run anywhere', async () => {
    expect(
      (await guardedFetch(`${origin}/jwks`, { ...strict, ownOrigins: ['https://ehr.example', origin] })).status,
    ).toBe(200);
    for (const ownOrigin of ['http://127.0.0.1:1', 'http://127.0.0.1', origin.slice(0, -1)]) {
      const other = guardedFetch(`${origin}/jwks`, { ...strict, ownOrigins: [ownOrigin] });
      await expect(other, ownOrigin).rejects.toThrow('does not use https');
    }
  });
});

it('lets no host keep requests to others waiting, however many wait for it, and none waits for longer than its time', async () => {
  const rules = { ...open, patience: 300, sender: '1' };
  const silent = Array.from({ length: 100 }, () => guardedFetch(`${origin}/silent`, rules));
  const settled = Promise.allSettled(silent);
  const other = await guardedFetch(`${origin.replace('127.0.0.1', 'localhost')}/jwks`, { ...open, sender: '1' });
  expect(other.status).toBe(200);
  const reasons = (await settled).map((one) => (one.status === 'rejected' ? one.reason.message : one.status));
  expect(Object.fromEntries([...Map.groupBy(reasons, (one) => one)].map(([one, all]) => [one, all.length]))).toEqual({
    'does not answer in time': 80,
    'cannot be asked now, because too many requests are under way': 20,
  });
  expect(seen.filter((one) => one.endsWith('/silent'))).toHaveLength(16);
});

it('lets no sender keep the requests of others waiting, however many slow hosts it has', async () => {
  // Every address of the loopback network is a host of its own.
  const slow = (sender: string, host: number, patience: number) =>
    guardedFetch(`${origin.replace('127.0.0.1', `127.0.${sender}.${host}`)}/slow`, { ...open, patience, sender });
  const numbers = Array.from({ length: 160 }, (_, number) => 1 + (number % 10));
  const silent = ['1', '2'].flatMap((sender) => numbers.map((host) => slow(sender, host, 3000)));
  const settled = Promise.allSettled(silent);
  const other = await guardedFetch(`${origin}/jwks`, { ...open, patience: 1500, sender: '3' });
  expect(other.status).toBe(200);
  // Before the first of them gives its place to another.
  await vi.waitFor(() => expect(seen.filter((one) => one.endsWith('/slow'))).toHaveLength(64));
  const results = await settled;
  expect(results.filter(({ status }) => status === 'fulfilled')).toEqual([]);
});

it('gives up its place in the queue when its time is over', async () => {
  const silent = (patience: number) => guardedFetch(`${origin}/silent`, { ...open, patience, sender: '1' });
  const busy = Promise.allSettled(Array.from({ length: 16 }, () => silent(1000)));
  await Promise.allSettled(Array.from({ length: 64 }, () => silent(100)));
  // The queue was full; nobody waits in it any more.
  await expect(silent(100)).rejects.toThrow('does not answer in time');
  await busy;
});

it('is refused inside a transaction, which would wait for the other server', async () => {
  const asked = transactionStorage().run({ state: 'open' }, () => guardedFetch(`${origin}/jwks`, open));
  await expect(asked).rejects.toThrow('must not happen inside a transaction');
  expect(seen).toEqual([]);
});
