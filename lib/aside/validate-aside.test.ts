import { expect, it } from 'vitest';
import { parseExactly } from '#lib/fhir/json/exact-json.ts';
import { validateResource } from '#lib/fhir/validation/validation.ts';
import { forClient } from '#lib/work/waiting-client.ts';
import { validateAside } from './validate-aside.ts';

const observation = (components: number, value: string) =>
  parseExactly(
    JSON.stringify({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      component: Array.from({ length: components }, (_, at) => ({ code: { text: `c${at}` }, valueInteger: 9 })),
    }).replaceAll(':9}', `:${value}}`),
  );

it.each([
  ['a small resource', 2],
  ['a large one', 600],
])('has the issues of %s, and knows how its numbers were written', async (_, components) => {
  expect(await validateAside(observation(components, '9'), 'a')).toEqual([]);
  const wrong = observation(components, '9.0');
  const issues = await validateAside(wrong, 'a');
  expect(issues).toEqual(validateResource(wrong));
  expect(issues[0]?.diagnostics).toContain('9.0 is written as a decimal');
});

it.each([
  ['a number', 1],
  ['nothing', null],
  ['a long text', 'x'.repeat(200_000)],
  ['a list', Array.from({ length: 2000 }, () => 'x')],
  [
    'too many values',
    { resourceType: 'Patient', name: Array.from({ length: 9000 }, () => ({ given: ['a', 'b', 'c', 'd'] })) },
  ],
  ['a profile that is none', { resourceType: 'Patient', meta: { profile: 1 } }],
])('says of %s what is said of every resource', async (_, value) => {
  expect(await validateAside(value, 'a')).toEqual(validateResource(value));
});

it('lets others have their turn while it validates', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await validateAside(observation(3000, '9'), 'a');
  clearInterval(timer);
  // In one go it would be done before the first turn.
  expect(turns).toBeGreaterThan(0);
});

it('gives up when the client goes, and validates for the next one', async () => {
  const gone = new AbortController();
  const given = forClient(gone.signal, () => validateAside(observation(3000, '9'), 'a'));
  gone.abort();
  await expect(given).rejects.toThrow();
  expect(await validateAside(observation(600, '9'), 'a')).toEqual([]);
});
