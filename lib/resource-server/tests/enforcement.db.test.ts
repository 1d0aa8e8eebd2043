import type { Bundle, BundleEntry, Resource } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { type BundledWay, canTransact, groupsOf, randomEntries } from './enforcement/bundling.ts';
import { compareBundle, compareResource } from './enforcement/compare.ts';
import type { Expected, Way } from './enforcement/expected.ts';
import { expectedIn, type Hospital, randomHospitals, storedIn, writtenAt } from './enforcement/hospital.ts';
import { Chance } from './enforcement/random.ts';
import { randomWay } from './enforcement/random-way.ts';
import { randomToken, type Token } from './enforcement/token.ts';

/**
 * Random requests with random tokens on random data, compared with a slow and obvious reference: what comes out, what is
 * refused, and what is stored afterwards. Run more by `ENFORCEMENT_SEEDS=100 npx vitest run enforcement`, or one seed again
 * by `ENFORCEMENT_SEED=17`.
 */
const { ENFORCEMENT_SEED, ENFORCEMENT_SEEDS = '24' } = process.env;
const first = Number(ENFORCEMENT_SEED ?? 1);
const seeds = Array.from({ length: ENFORCEMENT_SEED ? 1 : Number(ENFORCEMENT_SEEDS) }, (_, index) => first + index);
const tokensPerSeed = 15;
const waysPerToken = 8;

/** How often each outcome occurred, so that a run in which everything is refused does not count as proof. */
const outcomes = new Map<string, number>();

describe('what the server lets out and takes in', () => {
  it.each(seeds)('is what the reference says, with seed %i', async (seed) => {
    const chance = new Chance(seed);
    const [here, neighbour] = await randomHospitals(chance);
    for (let index = 0; index < tokensPerSeed; index++) {
      const asker = await newAsker(chance, here, `t${index}`);
      for (let way = 0; way < waysPerToken; way++) {
        await check(
          here,
          asker,
          randomWay(chance, { ...here, token: asker.token }),
          `seed ${seed}, token ${index}, way ${way}`,
        );
      }
      await checkBundle(chance, here, asker, `seed ${seed}, token ${index}`);
      await checkTenant(asker, here, neighbour, randomWay(chance, { ...here, token: asker.token }));
    }
    expect(await storedIn(neighbour)).toEqual(expectedIn(neighbour));
  });

  const expected = ['found', 'empty', 'included', 'paged', 'GET 403', 'GET 404', 'GET 410', 'POST 201', 'POST 403'];
  const written = [
    'batch 200',
    'transaction 200',
    'transaction 400',
    'PATCH 200',
    'PATCH 403',
    'PATCH 404',
    'PUT 200',
    'PUT 201',
    'PUT 403',
    'PUT 404',
    'PUT 412',
    'DELETE 204',
    'DELETE 404',
    'DELETE 412',
  ];
  it.each(seeds.length < 24 ? [] : [...expected, ...written])('came to %s more than once', (outcome) => {
    expect(outcomes.get(outcome) ?? 0).toBeGreaterThan(1);
  });
});

/** The caller: a token, and its name at the server. */
interface Asker {
  name: string;
  token: Token;
}

async function newAsker(chance: Chance, { server }: Hospital, name: string): Promise<Asker> {
  const token = randomToken(chance, server.base);
  const { scope, role, patient, fhirUser } = token;
  await server.issueToken(name, { scope, role, patient, fhirUser });
  return { name, token };
}

async function check(here: Hospital, { name, token }: Asker, way: Way, where: string): Promise<void> {
  const { method, path, body, headers = {} } = way;
  const expected = way.expect(here.ledger, token);
  const response = await here.server.send(method, path, name, body, headers);
  try {
    expect(response.status).toBe(expected.status);
    await compare(here, name, way, expected, response);
    if (method !== 'GET') expect(await storedIn(here)).toEqual(expectedIn(here));
  } catch (error) {
    const asked = JSON.stringify({ method, path, body, headers, ...token, scopes: undefined });
    throw new Error(`${where}: ${asked}\n${(error as Error).message}`, { cause: error });
  }
  tally(way, expected);
}

async function compare(here: Hospital, name: string, way: Way, expected: Expected, response: Response): Promise<void> {
  const compared = { ledger: here.ledger, base: here.server.base };
  const follow = (url: string) => here.server.send('GET', url.slice(here.server.base.length), name);
  if (expected.matches) return compareBundle(compared, way, expected, response, follow);
  if (response.status === 204) return expected.change?.(here.ledger, '', Date.now());
  if (expected.hidden) return compareHidden(here, expected, response);
  const answered = (await response.json()) as Resource;
  if (response.status >= 400) return expect(answered.resourceType).toBe('OperationOutcome');
  expected.change?.(here.ledger, answered.id ?? '', Date.parse(answered.meta?.lastUpdated ?? ''));
  const version = expected.version ?? here.ledger.current(`${answered.resourceType}/${answered.id}`);
  if (!version) throw new Error(`There is no ${answered.resourceType}/${answered.id}.`);
  compareResource(compared, answered, version);
}

/** A batch or a transaction of several ways: each entry is answered like a request, or for a transaction none is done. */
async function checkBundle(chance: Chance, here: Hospital, { name, token }: Asker, where: string): Promise<void> {
  const type = chance.pick(['batch', 'transaction']);
  const entries = randomEntries(chance, () => randomWay(chance, { ...here, token }));
  const bundle = { resourceType: 'Bundle', type, entry: entries.map(({ entry }) => entry) };
  const isDone = type === 'batch' || canTransact(here.ledger, token, entries);
  const response = await here.server.send('POST', '', name, bundle, { prefer: 'return=representation' });
  const answered = (await response.json()) as Bundle;
  try {
    expect({ status: response.status, isDone }).toEqual({ status: isDone ? 200 : expect.toBeOneOf(refusals), isDone });
    if (isDone) await compareEntries(here, { name, token }, type, entries, answered);
    expect(await storedIn(here)).toEqual(expectedIn(here));
  } catch (error) {
    const asked = JSON.stringify({ bundle, answered, ...token, scopes: undefined });
    throw new Error(`${where}: ${asked}\n${(error as Error).message}`, { cause: error });
  }
  tally({ method: type, path: '' } as Way, { status: isDone ? 200 : 400 });
}

const refusals = [400, 403, 404, 409, 410, 412];

async function compareEntries(here: Hospital, asker: Asker, type: string, entries: BundledWay[], answered: Bundle) {
  for (const group of groupsOf(type, entries)) {
    // Whether its references lead within reach was settled when the transaction was done as a whole.
    here.ledger.trusting = type === 'transaction';
    const expected = group.map((index) => entries[index]?.way.expect(here.ledger, asker.token));
    here.ledger.trusting = false;
    for (const [at, index] of group.entries()) {
      await compareEntry(here, asker.name, entries[index]?.way, expected[at], answered.entry?.[index]);
    }
  }
}

async function compareEntry(here: Hospital, name: string, way?: Way, expected?: Expected, entry?: BundleEntry) {
  if (!way || !expected || !entry?.response) throw new Error('An entry was not answered.');
  const status = Number(entry.response.status);
  expect({ path: way.path, status }).toEqual({ path: way.path, status: expected.status });
  const content = entry.resource ?? entry.response.outcome;
  await compare(here, name, way, expected, new Response(content && JSON.stringify(content), { status }));
}

/** A write that succeeds without showing the content. */
async function compareHidden(here: Hospital, { change }: Expected, response: Response): Promise<void> {
  expect(await response.text()).toBe('');
  change?.(here.ledger, '', await writtenAt(here));
}

/** The same request at the neighbour's address is not answered, whatever the token. */
async function checkTenant(
  { name }: Asker,
  { server }: Hospital,
  { server: other }: Hospital,
  way: Way,
): Promise<void> {
  const authorization = `Bearer ${server.slug}-${name}`;
  const response = await other.send(way.method, way.path, '', way.body, { ...way.headers, authorization });
  expect(response.status).toBe(401);
}

function tally({ method, path }: Way, { status, matches, includes }: Expected): void {
  const came = matches ? cameOf(path, matches, includes?.(matches) ?? []) : [`${method} ${status}`];
  for (const outcome of came) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}

function cameOf(path: string, matches: unknown[], included: unknown[]): string[] {
  const came = [matches.length > 0 ? 'found' : 'empty'];
  if (included.length > 0) came.push('included');
  return matches.length > 5 && /_count=[25]$/.test(path) ? [...came, 'paged'] : came;
}
