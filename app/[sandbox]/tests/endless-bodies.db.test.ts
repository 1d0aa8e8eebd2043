/**
 * Sends a body without end to every route on disk, of every kind that it may take. A new route is tried without being
 * listed here, unless it reads no body.
 */
import { beforeAll, expect, it } from 'vitest';
import { env } from '#lib/env.ts';
import { maxFileLength } from '#lib/fhir/data-file.ts';
import { signInAs } from './action-request.ts';
import { findEntrances, segmentsOf } from './entrances.ts';
import { type Holdings, makeHoldings } from './holdings.ts';

let held: Holdings;

beforeAll(async () => {
  held = await makeHoldings();
  await signInAs(held.users.admin);
});

const types = [
  'application/json',
  'application/fhir+json',
  'application/json-patch+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
];
const piece = new TextEncoder().encode('[{"a":"'.padEnd(256 * 1024, 'a&'));

/** What a route does with a body: how much of it was taken, and the answer. */
async function sendWithoutEnd(call: (request: Request) => unknown, address: string, init: RequestInit) {
  let taken = 0;
  const source: UnderlyingSource = {
    pull(controller) {
      taken += piece.byteLength;
      if (taken > 2 * maxFileLength) controller.error(new Error('The body was read without end.'));
      else controller.enqueue(piece);
    },
  };
  const body = new ReadableStream(source, { highWaterMark: 0 });
  const answer = await call(new Request(address, { ...init, body, duplex: 'half' } as RequestInit));
  return { taken, status: (answer as Response).status };
}

/** The paths below a FHIR base and an authorization server that are tried, by the method. */
const below: Record<string, Record<string, string[]>> = {
  interaction: {
    POST: ['Patient', '', 'Patient/_search', 'Patient/$validate', '_services/smart/Launch'],
    PUT: ['Patient/baby'],
    PATCH: ['Patient/baby'],
    DELETE: ['Patient/baby'],
  },
  endpoint: {
    POST: ['token', 'introspect', 'revoke', 'authorize', 'register'],
    PUT: ['register/x'],
    DELETE: ['register/x'],
  },
  nextauth: { POST: ['callback/credentials', 'signin/credentials', 'signout', 'session'] },
  service: { POST: ['newborn-bilirubin'] },
  part: { POST: ['x'] },
};

/** Requests that are answered without a look at their body, and why. */
const unread: [RegExp, string][] = [
  [/^\w+ app\/%5Fservices/, 'no sandbox is called demo here'],
  [/^DELETE .*\/fhir\//, 'a deletion has no body'],
  [/\/admin\/import\/part\//, 'it does not say which file it is'],
  [/\/interaction\/\[uid\]/, 'no interaction is open'],
];

const calls = (await findEntrances('route')).flatMap(({ file, exports }) =>
  ['POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method) => {
    const handler = exports[method];
    if (!handler) return [];
    const last = segmentsOf(file).at(-1)?.name ?? '';
    const paths = below[last]?.[method] ?? [''];
    return paths.map((path) => ({ file, method, path, last, handler }));
  }),
);

it('finds the routes on disk', () => expect(calls.length).toBeGreaterThan(30));

it.each(calls)('$method $file $path takes only so much', async ({ file, method, path, last, handler }) => {
  const segments = path.split('/').filter(Boolean);
  const known: Record<string, string | string[]> = {
    [last]: /\[\.\.\./.test(file) ? segments : path,
    sandbox: held.slug,
  };
  const params = Object.fromEntries(segmentsOf(file).map(({ name }) => [name, known[name] ?? 'x']));
  const route = file.slice('app/'.length, -'/route.ts'.length).replace('[sandbox]', held.slug).replace('%5F', '_');
  const address = `${env().origin}/${route.replace(/\/\[.*\]/, '')}/${path}`;
  const statuses: number[] = [];
  for (const type of types) {
    const headers = { origin: env().origin, 'content-type': type, authorization: `Bearer ${held.token}` };
    const call = (request: Request) => handler(...([request, { params: Promise.resolve(params) }] as never[]));
    const { taken, status } = await sendWithoutEnd(call, address, { method, headers });
    expect(taken).toBeLessThanOrEqual(maxFileLength + piece.byteLength);
    statuses.push(status);
  }
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  if (unread.some(([form]) => form.test(`${method} ${file}`))) return;
  // The launch service calls it 400, as its protocol has it.
  expect(statuses).toContain(path.endsWith('smart/Launch') ? 400 : 413);
});
