import { expect, it } from 'vitest';
import { answerTo, serveThroughout } from './bad-request.ts';

serveThroughout();

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const long = (text: string, length = 900_000) => text.repeat(Math.ceil(length / text.length));

const longSearches: [string, string][] = [
  ['parameters', long('a&')],
  ['parameters with values', long('name=a&')],
  ['values', `name=${long('a,')}a`],
  ['dates', `birthdate=${long('2020,')}2020`],
  ['values over several parameters', long(`name=${'a,'.repeat(300)}&`, 50_000)],
  ['elements', `_elements=${long('a,')}a`],
  ['different elements', `_elements=${Array.from({ length: 900 }, (_, at) => `e${at}`)}`],
  ['keys of an order', `_sort=${long('_id,')}_id`],
  ['references in a chain', `${long('general-practitioner.')}name=a`],
  ['references in a reverse chain', `_has:${long('Observation:patient:')}code=a`],
  ['types', `_type=${long('Patient,')}Patient`],
  ['inclusions', long('_include=Patient:general-practitioner&', 60_000)],
];

it.each(longSearches)('a search with too many %s is refused before it is taken apart', async (_, body) => {
  for (const path of ['/Patient/_search', '/Observation/_search', '/_search']) {
    const { status } = await answerTo('POST', path, body, form);
    // Chains and inclusions that the type does not have are ignored.
    expect([200, 400]).toContain(status);
  }
});

const longUrls: [string, string][] = [
  ['a moment', `Patient/_history?_since=${long('T0', 5_000_000)}`],
  ['a cursor', `Patient?_cursor=${long('T0', 5_000_000)}`],
  ['an id', `Patient/${long('a', 5_000_000)}`],
  ['a path', long('Patient/', 5_000_000)],
  ['a query', `Patient?${long('a&', 5_000_000)}`],
];

it.each(longUrls)('an entry whose address is long by %s is refused', async (_, url) => {
  const bundle = { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url } }] };
  const answer = await answerTo('POST', '', bundle);
  expect(await answer.text()).toMatch(/longer than 65536 characters/);
});

it('a long moment is no date, and found so at once', async () => {
  const url = `Patient/_history?_since=${long('T0', 60_000)}Z`;
  const bundle = { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url } }] };
  expect(await (await answerTo('POST', '', bundle)).text()).toMatch(/_since is an instant/);
});
