import { describe, expect, it } from 'vitest';
import { query, sql } from '#lib/data/database/sql.ts';
import { validateResource } from '#lib/fhir/validation/validation.ts';
import { Chance } from '../enforcement/random.ts';
import { answerTo, attacks, records, type Sent, serveThroughout } from './bad-request.ts';

serveThroughout();

/** The errors of a resource; warnings do not make it invalid. */
function errorsIn(resource: unknown): unknown[] {
  return validateResource(resource).filter(({ severity }) => severity === 'error' || severity === 'fatal');
}

/**
 * Random requests, reproducible by a seed; `FUZZ=20000` makes more of them. The server must store only valid resources,
 * and must never fail.
 */
describe('whatever is sent', () => {
  const { FUZZ = '1500', FUZZ_SEED = '1' } = process.env;

  it('is answered without a server error', async () => {
    const chance = new Chance(Number(FUZZ_SEED));
    for (let index = 0; index < Number(FUZZ); index++) await answerTo(...randomRequest(chance));
    const rows = await query<{ content: string }>(sql`SELECT content FROM resource WHERE NOT deleted`);
    for (const { content } of rows) expect(errorsIn(JSON.parse(content)), content.slice(0, 300)).toEqual([]);
  });

  it('is answered too when it comes all at once', async () => {
    const chance = new Chance(Number(FUZZ_SEED) + 1);
    for (let round = 0; round < 5; round++) {
      await Promise.all(Array.from({ length: 20 }, () => answerTo(...randomRequest(chance))));
    }
  });
});

const segments = [
  'Patient',
  'Observation',
  'Bundle',
  'A',
  'B',
  'a1',
  'fuzz',
  '_history',
  '_search',
  '1',
  '2',
  '*',
  'metadata',
  '$everything',
  '$validate',
  '%00',
  '%',
  '..',
  ' ',
  "'",
  'é',
  '_',
  '$',
  '',
  'x'.repeat(70),
];
const names = [
  '_id',
  '_count',
  '_sort',
  '_include',
  '_revinclude:iterate',
  '_total',
  '_summary',
  '_elements',
  '_lastUpdated',
  '_type',
  '_since',
  '_cursor',
  '_has:Observation:subject:code',
  'name',
  'subject',
  'subject:Patient.name',
  'code:not',
  'date',
  'value-quantity',
  'code-value-quantity',
  '_tag',
  '_format',
  '_pretty',
  'x',
  '',
  '%',
  ':',
  '.',
  'subject.',
  '_has',
  'name:',
];
const values = [
  ...attacks.map(encodeURIComponent),
  'A',
  'Patient/A',
  '1',
  '0',
  '-1',
  '1e400',
  '2024',
  'ge2024-01',
  'true',
  '*',
  'Observation:subject',
  'Patient:link',
  '%',
  '',
  'a,b',
  ',',
  '$',
  '1$2',
  '|',
  'http://loinc.org|1',
  '#',
  'json',
  'count',
  '\\',
  'a'.repeat(300),
  'x%00',
];
const headerNames = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-none-exist',
  'prefer',
  'accept',
  'content-type',
];
const headerValues = [
  'W/"1"',
  '"x"',
  '*',
  '',
  'return=minimal',
  'handling=strict',
  'application/json',
  'application/fhir+json',
  'text/html',
  'application/json-patch+json',
  'application/x-www-form-urlencoded',
  'identifier=1',
  '_id=A',
  ';',
  'Wed, 21 Oct 2015 07:28:00 GMT',
];

function randomRequest(chance: Chance): Sent {
  const method = chance.pick(['GET', 'GET', 'GET', 'POST', 'POST', 'PUT', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
  const path = chance.some(4, () => `/${chance.pick(segments)}`).join('');
  const query = chance.some(4, () => `${chance.pick(names)}=${chance.pick(values)}`).join('&');
  const headers = Object.fromEntries(chance.some(2, () => [chance.pick(headerNames), chance.pick(headerValues)]));
  const body = method === 'GET' || method === 'HEAD' ? undefined : chance.pick([undefined, query, randomBody(chance)]);
  return [method, `${path}${query && `?${query}`}`, body, headers];
}

/** A resource with a part taken away, doubled, or put somewhere else. */
function randomBody(chance: Chance): string {
  const text = JSON.stringify({ ...chance.pick(records), ...(chance.happens(0.5) ? { id: 'fuzz' } : {}) });
  const parts = text.split(/(?<=[,:{[])/);
  for (let times = chance.below(3); times > 0; times--) {
    const at = chance.below(parts.length);
    const junk = chance.pick([
      '',
      'null,',
      '{}',
      '[]',
      '"\\u0000",',
      '"",',
      '1e999,',
      '"__proto__":1,',
      parts[at] ?? '',
      '[[[[',
      '\ud800',
    ]);
    parts.splice(at, chance.below(2), junk);
  }
  return parts.join('');
}
