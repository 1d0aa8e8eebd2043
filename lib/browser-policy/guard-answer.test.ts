import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardAnswer } from './guard-answer.ts';

let server: Server;
let origin = '';
let answer: RequestListener = () => undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    guardAnswer(request, response, { development: false, sampleServers: [] });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function ask(answering: RequestListener, path = '/demo') {
  answer = answering;
  return fetch(origin + path, { redirect: 'manual' });
}

const html = { 'Content-Type': 'text/html' };

describe('every answer carries the policies', () => {
  it.each<[string, RequestListener]>([
    ['a page', (_, response) => response.setHeader('Content-Type', 'text/html').end('<p>')],
    ['what is written piece by piece', (_, response) => [response.write('<p>'), response.end()]],
    ['headers that are sent at once', (_, response) => response.writeHead(200, html).end('<p>')],
    ['a status with its text', (_, response) => response.writeHead(404, 'Not Found', html).end()],
    ['flushed headers', (_, response) => [response.flushHeaders(), response.end()]],
    ['a redirect', (_, response) => response.writeHead(303, { Location: '/' }).end()],
    ['what was not modified', (_, response) => response.writeHead(304).end()],
    ['an error', (_, response) => response.writeHead(500).end('Sorry')],
  ])('%s', async (_, answering) => {
    const { headers } = await ask(answering);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

it('leaves alone what the answer says itself', async () => {
  const own = { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'self'" };
  for (const answering of [
    ((_, response) => response.writeHead(200, own).end()) satisfies RequestListener,
    ((_, response) => response.setHeaders(new Headers(own)).end()) satisfies RequestListener,
  ]) {
    const { headers } = await ask(answering);
    expect(headers.get('content-security-policy')).toBe(own['Content-Security-Policy']);
  }
});

it('tells the page its nonce, which is another one each time, whatever the request brings', async () => {
  const told: unknown[] = [];
  const telling: RequestListener = ({ headers }, response) => {
    told.push(headers['content-security-policy']);
    response.end();
  };
  answer = telling;
  const forged = { 'content-security-policy': "script-src 'nonce-forged'" };
  for (const _ of [1, 2]) {
    const { headers } = await fetch(`${origin}/demo`, { headers: forged });
    expect(told.at(-1)).toBe(headers.get('content-security-policy'));
  }
  const nonces = told.map((policy) => /'nonce-([\w+/]{22}==)'/.exec(String(policy))?.[1]);
  expect(nonces).not.toContain(undefined);
  expect(new Set(nonces).size).toBe(2);
});

const page = (status: number) =>
  ((_, response) =>
    response
      .setHeader('Content-Type', 'text/html; charset=utf-8')
      .writeHead(status)
      .end('<p>')) satisfies RequestListener;

it.each([
  ['/demo/cds/nothing', 404, /script-src 'self' 'nonce-/],
  ['/schema/nothing', 404, /script-src 'self' 'nonce-/],
  // What somebody has stored is no page of ours.
  ['/demo/fhir/Binary/page', 200, /^default-src 'none'/],
  ['/demo/fhir/Binary/page', 400, /^default-src 'none'/],
])('has a page at %s with status %i drawn as its policy says', async (path, status, policy) => {
  const { headers } = await ask(page(status), path);
  expect(headers.get('content-security-policy')).toMatch(policy);
});

it('keeps the strict policy of data for what is missing and is no page', async () => {
  const json: RequestListener = (_, response) =>
    response.setHeader('Content-Type', 'application/json').writeHead(404).end();
  expect((await ask(json, '/demo/fhir/Patient/x')).headers.get('content-security-policy')).toMatch(
    /^default-src 'none'/,
  );
});

it('tells the nonce of the page that says that there is nothing', async () => {
  let told = '';
  const { headers } = await ask((request, response) => {
    told = String(request.headers['content-security-policy']);
    page(404)(request, response);
  }, '/demo/cds/nothing');
  expect(told).toBe(headers.get('content-security-policy'));
});

describe('no cache keeps', () => {
  it.each<[string, string, RequestListener]>([
    ['that a method is not answered', 'PUT', (_, response) => response.writeHead(405).end()],
    ['which methods are answered', 'OPTIONS', (_, response) => response.writeHead(204, { Allow: 'GET' }).end()],
  ])('%s', async (_, method, answering) => {
    answer = answering;
    const { headers } = await fetch(`${origin}/demo/launch`, { method });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('unless the answer says so itself', async () => {
    const { headers } = await ask((_, response) => response.writeHead(405, { 'Cache-Control': 'max-age=5' }).end());
    expect(headers.get('cache-control')).toBe('max-age=5');
    expect((await ask((_, response) => response.writeHead(200).end())).headers.has('cache-control')).toBe(false);
  });
});
