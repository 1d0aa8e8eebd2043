import { expect, it } from 'vitest';
import { checkUpload } from './uploaded-file.ts';

/** How often a timer comes to its turn while `work` is done. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  await work();
  clearInterval(timer);
  return turns;
}

const observation = (number: number) => ({
  resourceType: 'Observation',
  id: `o-${number}`,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7', display: 'Body weight' }] },
  valueQuantity: { value: 70.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
});

it.each<[what: string, resources: (all: object[]) => object[]]>([
  ['of many resources', (all) => all],
  [
    'of one large Bundle',
    (all) => [{ resourceType: 'Bundle', type: 'collection', entry: all.map((resource) => ({ resource })) }],
  ],
])('lets others have their turns while an uploaded file %s is read and checked', async (_, resources) => {
  const all = Array.from({ length: 4000 }, (_one, number) => observation(number));
  const text = JSON.stringify({ slug: 'long', name: 'Long', data: [{ resources: resources(all) }] });
  const options = { file: 'long.json', origin: 'http://localhost:3000', now: new Date(), exposed: false };
  const turns = await turnsDuring(async () => {
    expect(await checkUpload(text, options)).not.toHaveProperty('problems');
  });
  expect(turns).toBeGreaterThanOrEqual(10);
});
