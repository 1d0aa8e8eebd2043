import { expect, it } from 'vitest';
import { checkUpload } from './uploaded-file.ts';

const options = { file: 'f', now: new Date(), exposed: false, origin: 'https://ehr.example' };

/** The problems for which the upload of a file with these members is refused. */
async function problemsOf(members: object) {
  const result = await checkUpload(JSON.stringify({ slug: 'ward', name: 'Ward', ...members }), options);
  return 'problems' in result ? result.problems : [];
}

const many = (length: number, item: unknown) => Array.from({ length }, () => item);
const user = { username: 'ann', name: 'Ann', password: 'long enough', role: 'clinician' };

it.each([
  ['users', {}],
  ['clients', {}],
  ['cdsServices', {}],
  ['scenarios', {}],
  ['data', {}],
  ['data', 'file.json'],
])('says only of %s that they are too many, each of them %j', async (list, item) => {
  expect(await problemsOf({ [list]: many(20_000, item) })).toEqual([
    { file: 'f', path: `$.${list}`, reason: expect.stringMatching(/^has 20000 items, and \d+ are the/) },
  ]);
});

it.each<[string, object]>([
  ['clients', { clients: many(2000, {}) }],
  ['clients with much that is wrong', { clients: many(200, { redirectUris: many(900, 1) }) }],
  ['users of one name', { users: many(2000, user) }],
  ['scenarios without an app', { scenarios: many(2000, { id: 'a', name: 'A', clientId: 'none' }) }],
  ['sources', { data: many(9000, 'file.json') }],
  ['resources without a type', { data: [{ resources: many(20_000, {}) }] }],
  ['resources that are invalid', { data: [{ resources: many(200, { resourceType: 'Patient', gender: 1 }) }] }],
])('tells the first problems of many %s, and that there are more', async (_, members) => {
  const problems = await problemsOf(members);
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)?.reason).toMatch(/more problems/);
});

it.each<[string, object, string]>([
  ['addresses', { clients: [{ redirectUris: many(1001, 1) }] }, '$.clients[0].redirectUris'],
  ['aliases', { brand: { aliases: many(1001, 1) } }, '$.brand.aliases'],
  ['templates', { cdsServices: [{ prefetch: { ...many(1001, 1) } }] }, '$.cdsServices[0].prefetch'],
  ['members', Object.fromEntries(many(1001, 1).map((one, index) => [`m${index}`, one])), '$'],
])('says only that a list of %s is too long', async (_, members, path) => {
  expect(await problemsOf(members)).toEqual([{ file: 'f', path, reason: 'has more than 1000 items' }]);
});

it('quotes no more of a file than anybody reads', async () => {
  const [problem] = await problemsOf({ ['x'.repeat(10_000)]: 1 });
  expect(problem?.reason.length).toBeLessThan(600);
});
