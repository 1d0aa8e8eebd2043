/**
 * Asks every page and route on disk with names that every object inherits as the value of whatever parameter it reads: it
 * answers as to any other value that nobody knows.
 */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { env } from '#lib/env.ts';
import { forgetCookies, signInAs } from './action-request.ts';
import { type Entrance, findEntrances, segmentsOf } from './entrances.ts';
import { fieldsNaming, type Holdings, makeHoldings } from './holdings.ts';

const inherited = ['__proto__', 'constructor', 'toString', 'valueOf'];
let held: Holdings;
beforeAll(async () => {
  held = await makeHoldings();
});
beforeEach(async () => {
  forgetCookies();
  await signInAs(held.users.admin);
});

const isTried = ({ file }: Entrance) => !/^app\/(samples|api|%5Fservices)|\/(oauth|fhir)\//.test(file);
const pages = (await findEntrances('page')).filter(isTried);
const routes = (await findEntrances('route')).filter((route) => isTried(route) && route.exports.GET);

function paramsOf(file: string): Promise<Record<string, string | string[]>> {
  const known: Record<string, string> = { sandbox: held.slug, clientId: held.clientId, userId: held.users.chen };
  const value = ({ name, many }: { name: string; many: boolean }) => (many ? [name] : (known[name] ?? 'baby'));
  return Promise.resolve(Object.fromEntries(segmentsOf(file).map((segment) => [segment.name, value(segment)])));
}

/** What is another one each time: the present moment, and random ids. */
const momentary = /\d{4}-\d\d-\d\dT[\d:.]+Z|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;

/** What was answered, in words: a status, where it leads, or what a page shows; without the value itself. */
async function outcome(value: string, call: () => unknown): Promise<string> {
  const told = await Promise.resolve()
    .then(call)
    .then(shown, (thrown: { digest?: string; message: string }) => thrown.digest ?? `failed: ${thrown.message}`);
  return told.replaceAll(value, '…').replaceAll(momentary, '·');
}

function shown(answer: unknown): string {
  if (answer instanceof Response) return `${answer.status} ${answer.headers.get('location')}`;
  const seen = new WeakSet();
  return JSON.stringify(answer, (_, part: unknown) => {
    if (typeof part === 'function') return `function ${part.name}`;
    if (typeof part !== 'object' || part === null) return part;
    if (seen.has(part)) return 'again';
    seen.add(part);
    return part;
  });
}

/** A query in which every parameter there is has this value. */
function queryOf(value: string): Promise<object> {
  return Promise.resolve(
    new Proxy({}, { get: (_, name) => (name === 'then' || typeof name === 'symbol' ? undefined : value) }),
  );
}

async function expectAlike(call: (value: string) => unknown): Promise<void> {
  const usual = await outcome('nowhere-known', () => call('nowhere-known'));
  expect(usual).not.toMatch(/^failed/);
  for (const name of inherited) expect(await outcome(name, () => call(name)), name).toBe(usual);
}

describe('pages', () => {
  it.each(pages)('$file', ({ file, exports }) =>
    expectAlike((value) =>
      (exports.default as (props: object) => unknown)({ params: paramsOf(file), searchParams: queryOf(value) }),
    ),
  );
});

describe('routes', () => {
  it.each(routes)('$file', ({ file, exports }) =>
    expectAlike((value) => {
      const query = new URLSearchParams(['q', ...Object.keys(fieldsNaming(held))].map((name) => [name, value]));
      const headers = { origin: env().origin, 'sec-fetch-site': 'same-origin' };
      const request = new Request(`${env().origin}/${held.slug}/x?${query}`, { headers });
      return exports.GET?.(...([request, { params: paramsOf(file) }] as never[]));
    }),
  );
});
