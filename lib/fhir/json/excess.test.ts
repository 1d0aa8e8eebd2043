import { expect, it } from 'vitest';
import { excessIn } from './excess.ts';

const million = 1_000_000;

function excessOf(text: string, limit?: number): string | undefined {
  const steps = excessIn(text, limit);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

it.each([
  ['values', `[${'1,'.repeat(2 * million)}1]`, /more than 2000000 values/],
  ['empty objects', `[${'{},'.repeat(million)}{}]`, /values/],
  ['levels', `${'['.repeat(1001)}${']'.repeat(1001)}`, /deeper than 1000/],
  ['levels of objects', `${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}`, /deeper/],
  ['members of one object', `{${Array.from({ length: 10_001 }, (_, at) => `"a${at}":1`)}}`, /more than 10000 members/],
  ['levels that nothing closes', '['.repeat(5 * million), /deeper/],
])('finds too many %s', (_, text, excess) => expect(excessOf(text)).toMatch(excess));

it('counts up to the limit that it is given', () => {
  expect(excessOf('[1,2,3]', 3)).toBeUndefined();
  expect(excessOf('[1,2,3,4]', 3)).toBe('has more than 3 values');
});

it.each([
  ['signs in a text', `"${'[,{'.repeat(million)}"`],
  ['signs in a name', `{"${'[,{'.repeat(million)}":1}`],
  ['signs after an escaped mark', `"\\"${'[,{'.repeat(million)}"`],
  ['a text that nothing ends', `"${'[,{'.repeat(million)}`],
  ['backslashes without end', `"${'\\'.repeat(3 * million)}`],
  ['members of many objects', `[${'{"a":1,"b":2},'.repeat(100_000)}1]`],
  ['what is allowed', `${'['.repeat(1000)}${']'.repeat(1000)}`],
])('passes %s', (_, text) => expect(excessOf(text)).toBeUndefined());
