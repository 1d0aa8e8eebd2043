/**
 * Sends what no page of ours sends to every server action, route and page on disk: nothing of it fails, and nothing of
 * it is stored half.
 */
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { env } from '#lib/env.ts';
import * as goOn from '../../sandboxes/go-on.ts';
import { argumentsOf, calledActions, calls, outcome } from './action-calls.ts';
import { forgetCookies, signInAs } from './action-request.ts';
import { findEntrances, segmentsOf } from './entrances.ts';
import { fieldsNaming, type Holdings, makeHoldings } from './holdings.ts';

let ours: Holdings;
let fields: string[];

beforeAll(async () => {
  vi.spyOn(goOn, 'goOnWithSandboxes').mockReturnValue();
  ours = await makeHoldings();
  fields = Object.keys({ ...fieldsNaming(ours), url: '', file: '', step: '', proxyFor: '', password: '' });
});
beforeEach(async () => {
  forgetCookies();
  await signInAs(ours.users.admin);
});

/** Values that a field of text may turn out to have. */
const values: Record<string, FormDataEntryValue[]> = {
  'no field': [],
  'a file for each text': [new File(['\0\ud800'], '../x.json', { type: 'application/json' })],
  'each field twice': ['one', 'two'],
  'a text and a file': ['one', new File(['{}'], 'a.json')],
  'names of what objects inherit': ['__proto__'],
  'names of methods': ['constructor'],
  NUL: ['a\0b'],
  'half a character': ['\ud800'],
  'line breaks and spaces': ['\r\n \t'],
  'endless text': ['x'.repeat(100_000)],
  'JSON of a strange shape': ['{"__proto__":{"a":1},"constructor":[[]]}'],
  'a number': ['99999999999999999999'],
  'a date that is none': ['2026-02-31'],
};

/** Names of fields from which libraries build nested objects. */
const nested = [
  '__proto__',
  'constructor',
  'a[__proto__]',
  '__proto__.admin',
  'addresses[0].line[constructor]',
  'name[0]',
  '',
];

function formWith(given: readonly FormDataEntryValue[]): FormData {
  const form = new FormData();
  for (const name of given.length > 0 ? [...fields, ...nested] : []) {
    for (const value of given) append(form, name, value);
  }
  return form;
}

function append(form: FormData, name: string, value: FormDataEntryValue): void {
  if (typeof value === 'string') form.append(name, value);
  else form.append(name, value);
}

const actions = calledActions(await findEntrances('actions')).filter(({ name }) => !calls.has(name));
const kinds = Object.keys(values);

describe.each(actions)('$name of $file', ({ file, name, action }) => {
  it.each(kinds)('is not upset by %s', async (kind) => {
    if (file.includes('(workspace)')) await signInAs(ours.users.chen);
    const form = formWith(values[kind] ?? []);
    const given = argumentsOf(name, action.length, ours.slug, ours, form);
    const result = await outcome(() => action(...(given as never[])));
    if (typeof result === 'number') expect(result).toBeLessThan(500);
  });
});

/** Values that somebody may send for a form or a name: actions are called with whatever the body decodes to. */
const strangers: [string, unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['a number', 1],
  ['a text', 'constructor'],
  ['half a character', '\ud800'],
  ['a list', [['client_id', 'x']]],
  ['an object', { get: 'x', client_id: 'x' }],
  ['a map', new Map([['client_id', 'x']])],
  ['a symbol', Symbol.for('x')],
];

const statusOf = (result: number | string) => (typeof result === 'number' ? result : 303);

describe.each(actions)('$name of $file', ({ file, name, action }) => {
  it.each(strangers)('is not upset by %s for any of its arguments', async (_, stranger) => {
    if (file.includes('(workspace)')) await signInAs(ours.users.chen);
    const form = new FormData();
    const given = argumentsOf(name, action.length, ours.slug, ours, form);
    for (const at of given.keys()) {
      const result = await outcome(() => action(...(given.with(at, stranger) as never[])));
      expect([at, statusOf(result) < 500]).toEqual([at, true]);
    }
  });
});

const routes = (await findEntrances('route')).filter(({ file }) => file.startsWith('app/[sandbox]/'));
const bodies: [string, BodyInit, string][] = [
  ['nothing', '', 'application/json'],
  ['no JSON', '{', 'application/json'],
  ['JSON of another shape', '[[{"__proto__":{}}],null]', 'application/json'],
  ['a text for an object', '"constructor"', 'application/json'],
  ['a form of no UTF-8', new Uint8Array([0x61, 0x3d, 0xff, 0xfe]), 'application/x-www-form-urlencoded'],
  ['a form of broken escapes', 'client_id=%&patient=%ff%00&reason=__proto__', 'application/x-www-form-urlencoded'],
  ['each field twice', 'client_id=a&client_id=b&patient=a&patient=b', 'application/x-www-form-urlencoded'],
  [
    'parts without an end',
    '--x\r\nContent-Disposition: form-data; name="client_id"\r\n\r\na',
    'multipart/form-data; boundary=x',
  ],
  ['parts without a boundary', '--x', 'multipart/form-data'],
  [
    'a file for a text',
    '--x\r\nContent-Disposition: form-data; name="client_id"; filename="a"\r\n\r\na\r\n--x--',
    'multipart/form-data; boundary=x',
  ],
  ['no content type', 'a=b', ''],
];
const methods = ['POST', 'PUT', 'PATCH', 'DELETE'];
const queries = [
  '',
  '?q=__proto__&patient=constructor&step=toString&job=__proto__',
  '?q=%ff&patient=%00&patient=b',
  '?__proto__=a&q=a&q=b',
];

function send(file: string, method: string, query: string, init: RequestInit): never[] {
  const headers = new Headers(init.headers);
  headers.set('sec-fetch-site', 'same-origin');
  const path = file.slice('app/[sandbox]'.length, -'/route.ts'.length);
  const request = new Request(`${env().origin}/${ours.slug}${path}${query}`, { ...init, method, headers });
  const params = segmentsOf(file).map(({ name, many }) => [
    name,
    name === 'sandbox' ? ours.slug : many ? ['x'] : '__proto__',
  ]);
  return [request, { params: Promise.resolve(Object.fromEntries(params)) }] as never[];
}

describe.each(routes)('$file', ({ file, exports }) => {
  it.each(bodies)('is not upset by %s', async (_, body, type) => {
    const headers = new Headers(type === '' ? {} : { 'content-type': type });
    for (const method of methods.filter((one) => exports[one])) {
      const sent = send(file, method, '?job=__proto__', { body, headers });
      const result = await outcome(() => exports[method]?.(...sent));
      if (typeof result === 'number') expect([method, result < 500]).toEqual([method, true]);
    }
  });

  it.each(queries)('is not upset by the query %j', async (query) => {
    if (!exports.GET) return;
    const result = await outcome(() => exports.GET?.(...send(file, 'GET', query, {})));
    if (typeof result === 'number') expect(result).toBeLessThan(500);
  });
});

const pages = (await findEntrances('page')).filter(({ file }) => file.startsWith('app/[sandbox]/'));

describe.each(pages)('$file', ({ file, exports }) => {
  it.each([['__proto__'], ['constructor'], [['a', 'b']], ['\0'], ['\ud800'], ['9'.repeat(400)], [undefined]])(
    'is not upset when every parameter is %j',
    async (value) => {
      // No other path reaches a page: the server refuses those that are no text.
      const segment = /^[\w-]+$/.test(String(value)) ? String(value) : 'x';
      const names = segmentsOf(file).map(({ name }) => [name, name === 'sandbox' ? ours.slug : segment]);
      const searchParams = Promise.resolve(new Proxy({}, { get: () => value, has: () => true }));
      const props = { params: Promise.resolve(Object.fromEntries(names)), searchParams };
      const result = await outcome(() => (exports.default as ((props: object) => unknown) | undefined)?.(props));
      if (typeof result === 'number') expect(result).toBeLessThan(500);
    },
  );
});
