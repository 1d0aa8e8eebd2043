import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteTroubleOfRequest } from '#lib/work/request-trouble.ts';
import { answeringTrouble } from './answer-trouble.ts';

let answer: RequestListener;
let origin: string;
const server = createServer(answeringTrouble((request, response) => answer(request, response)));

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

/** Answers as a framework does to what it did not expect, be it with trouble or without. */
function failing({ trouble, status = 500 }: { trouble: boolean; status?: number }): void {
  answer = async (_, response) => {
    await new Promise(setImmediate);
    if (trouble) noteTroubleOfRequest();
    response.writeHead(status, {
      'Content-Type': 'text/html',
      'Set-Cookie': 'session=; Max-Age=0',
      'Content-Length': '8',
    });
    response.write('half');
    response.end('done');
  };
}

const page = { accept: 'text/html,*/*' };

describe('what fails because of trouble that passes', () => {
  it.each<[what: string, init: RequestInit, type: string, says: string]>([
    ['a page', { headers: page }, 'text/html; charset=utf-8', 'href="/chart?a=1&#38;b=2">Try again'],
    ['a page in a frame', { headers: { 'sec-fetch-dest': 'iframe' } }, 'text/html; charset=utf-8', 'Try again'],
    ['a form', { method: 'POST', headers: page }, 'text/html; charset=utf-8', 'nothing that you sent was saved'],
    ['a script', { headers: { accept: '*/*' } }, 'application/json', '{"error":"The server is busy'],
    ['a script of Next', { headers: { ...page, rsc: '1' } }, 'text/html', 'halfdone'],
    ['an action of Next', { method: 'POST', headers: { 'next-action': 'x' } }, 'text/html', 'halfdone'],
  ])('is 503 in words for %s', async (_, init, type, says) => {
    failing({ trouble: true });
    const got = await fetch(`${origin}/chart?a=1&b=2`, init);
    expect([got.status, got.headers.get('retry-after'), got.headers.get('content-type')]).toEqual([503, '5', type]);
    expect(await got.text()).toContain(says);
  });

  it('keeps the cookies of the browser', async () => {
    failing({ trouble: true });
    expect((await fetch(origin, { headers: page })).headers.get('set-cookie')).toBeNull();
  });

  it('has a body too where the framework has none', async () => {
    answer = (_, response) => {
      noteTroubleOfRequest();
      response.statusCode = 500;
      response.end();
    };
    const got = await fetch(origin);
    expect([got.status, await got.text()]).toEqual([503, expect.stringContaining('busy')]);
  });
});

describe('stays what it is', () => {
  it.each<[what: string, options: { trouble: boolean; status?: number }, status: number]>([
    ['a failure without trouble', { trouble: false }, 500],
    ['an answer in spite of trouble', { trouble: true, status: 200 }, 200],
    ['a refusal in spite of trouble', { trouble: true, status: 404 }, 404],
  ])('%s', async (_, options, status) => {
    failing(options);
    const got = await fetch(origin, { headers: page });
    expect([got.status, got.headers.get('retry-after'), await got.text()]).toEqual([status, null, 'halfdone']);
  });
});
