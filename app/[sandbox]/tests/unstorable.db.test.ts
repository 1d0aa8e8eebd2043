/**
 * Sends every form, query and path on disk once more for each of its fields, with the character NUL in that field, which
 * no column of the database can hold. It is refused or finds nothing; it never fails.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { env } from '#lib/env.ts';
import { argumentsOf, calledActions, calls, ofOrigin, preparations } from './action-calls.ts';
import { forgetCookies, formOf, signInAs } from './action-request.ts';
import { type Entrance, findEntrances, segmentsOf } from './entrances.ts';
import { digestOf, fieldsNaming, type Holdings, makeHoldings } from './holdings.ts';

const nul = 'x\0y';
let held: Holdings;
let whole: Record<string, string>;

async function holdEverything(): Promise<void> {
  held = await makeHoldings();
  whole = await digestOf(held.id);
}

/** Makes what a call has taken away anew for the next one. */
async function makeWhole(): Promise<void> {
  if (JSON.stringify(await digestOf(held.id)) !== JSON.stringify(whole)) await holdEverything();
}

beforeAll(holdEverything);
beforeEach(() => forgetCookies());

/** What a call came to: a status, `done`, or `failed` and why. */
async function outcome(call: () => unknown): Promise<string> {
  try {
    const answer = await call();
    return answer instanceof Response ? String(answer.status) : 'done';
  } catch (thrown) {
    const { digest = '', message } = thrown as { digest?: string; message: string };
    const [, status] = /^NEXT_HTTP_ERROR_FALLBACK;(\d+)/.exec(digest) ?? [];
    return status ?? (digest.startsWith('NEXT_REDIRECT') ? 'done' : `failed: ${message}`);
  }
}

const isFailure = (result: string) => /^(failed|5\d\d)/.test(result);
/** The fields of all forms that a file, or what it imports of ours, mentions: the others are not read by it. */
function fieldsOf(file: string): string[] {
  const read = (path: string) => readFileSync(path, 'utf8');
  const imported = [...read(file).matchAll(/from '(#lib|\.{1,2})\/([^']+)'/g)].map(([, start = '', path = '']) =>
    start === '#lib' ? join('lib', path) : join(dirname(file), start, path),
  );
  const text = [file, ...imported].map(read).join('\n');
  return Object.keys(fieldsNaming(held)).filter((field) => new RegExp(`\\b${field}\\b`).test(text));
}

/** Runs `call` for each name; those that fail. */
async function failuresOf(names: string[], person: 'admin' | 'chen', call: (name: string) => unknown) {
  const failures: string[] = [];
  for (const name of names) {
    forgetCookies();
    await signInAs(held.users[person]);
    const result = await outcome(() => call(name));
    if (isFailure(result)) failures.push(`${name} ${result}`);
    if (['401', '403', '404'].includes(result)) await makeWhole();
  }
  return failures;
}

const actions = calledActions(await findEntrances('actions'));
const pages = (await findEntrances('page')).filter(isTried);
const routes = (await findEntrances('route')).filter(isTried);

/** All but the bundled apps, which keep nothing, and what a protocol answers, which is tried by its own tests. */
function isTried({ file }: Entrance): boolean {
  return !/^app\/(samples|api|%5Fservices)|\/(oauth|fhir)\//.test(file);
}

describe('forms', () => {
  it.each(actions.filter(({ name }) => !calls.has(name)))('$name of $file', async ({ file, name, action }) => {
    const isAdmin = file.includes('/admin/') || ofOrigin[name] !== undefined;
    await preparations[name]?.(held.id);
    const failures = await failuresOf(fieldsOf(file), isAdmin ? 'admin' : 'chen', (field) => {
      const given = argumentsOf(name, action.length, held.slug, held);
      const form = given.at(-1);
      if (form instanceof FormData) form.set(field, nul);
      return action(...(given as never[]));
    });
    expect(failures).toEqual([]);
  });
});

/** Parameters of a path, of which the one called `spoilt` has a NUL. */
function paramsOf(file: string, spoilt?: string): Promise<Record<string, string | string[]>> {
  const known: Record<string, string> = {
    sandbox: held.slug,
    clientId: held.clientId,
    userId: held.users.chen,
    launchId: held.launchId,
    id: 'baby',
  };
  const entries = segmentsOf(file).map(({ name, many }) => {
    const value = name === spoilt ? nul : (known[name] ?? held.grantId);
    return [name, many ? [value] : value];
  });
  return Promise.resolve(Object.fromEntries(entries));
}

describe('pages', () => {
  /** A query in which every parameter there is has a NUL, once or twice. */
  const spoilt = (value: string | string[]) =>
    Promise.resolve(
      new Proxy({}, { get: (_, name) => (name === 'then' || typeof name === 'symbol' ? undefined : value) }),
    );

  it.each(pages)('$file', async ({ file, exports }) => {
    const show = exports.default as (props: object) => unknown;
    const cases: Record<string, () => object> = {
      query: () => ({ params: paramsOf(file), searchParams: spoilt(nul) }),
      'query twice': () => ({ params: paramsOf(file), searchParams: spoilt([nul, nul]) }),
    };
    for (const { name } of segmentsOf(file)) {
      cases[`path ${name}`] = () => ({ params: paramsOf(file, name), searchParams: Promise.resolve({}) });
    }
    expect(await failuresOf(Object.keys(cases), 'admin', (name) => show(cases[name]?.() ?? {}))).toEqual([]);
  });
});

describe('routes', () => {
  it.each(routes)('$file', async ({ file, exports }) => {
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => exports[method]);
    const places = [...fieldsOf(file), ...segmentsOf(file).map(({ name }) => `path ${name}`)];
    const sent = methods.flatMap((method) => places.map((place) => `${method} ${place}`));
    const failures = await failuresOf(sent, 'admin', (name) => {
      const [method = '', place = '', segment] = name.split(' ');
      const values = { ...fieldsNaming(held), [place]: nul };
      const query = new URLSearchParams({ q: nul, [place]: nul, patient: place === 'patient' ? nul : 'baby' });
      const headers = { origin: env().origin, 'sec-fetch-site': 'same-origin' };
      const body = method === 'GET' ? {} : { body: formOf(values) };
      const request = new Request(`${env().origin}/${held.slug}/x?${query}`, { method, headers, ...body });
      return exports[method]?.(...([request, { params: paramsOf(file, segment) }] as never[]));
    });
    expect(failures).toEqual([]);
  });
});
