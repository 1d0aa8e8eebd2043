import type { Bundle } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { query, sql } from '#lib/data/database/sql.ts';
import { supportedParameters } from '#lib/fhir/definition/search-parameter.ts';
import { Chance } from '../enforcement/random.ts';
import { answerTo, attacks, sendAsLaunched, serveThroughout, stored } from './bad-request.ts';

serveThroughout();

async function tables(): Promise<unknown> {
  return query(sql`SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`);
}

const modifiers = ['', ':missing', ':exact', ':contains', ':not', ':text', ':in', ':not-in', ':of-type', ':identifier'];
const more = [':above', ':below', ':Patient', ":'; --", ':', '.name', ':Patient.name', '.', '.:'];

describe.each(['Patient', 'Observation', 'Appointment', 'MolecularSequence'])('SQL in the parameters of %s', (type) => {
  const names = [
    ...supportedParameters(type).keys(),
    `_has:Observation:subject:code`,
    '_has:',
    '_filter',
    '_query',
    '_list',
    '_text',
  ];

  it('is taken for a value, and answered with 200 or 400', async () => {
    const before = [await stored(), await tables()];
    const chance = new Chance(1);
    const asked = names.flatMap((name) => [...modifiers, ...more].map((modifier) => `${name}${modifier}`));
    for (const name of asked) {
      const [one, other] = [chance.pick(attacks), chance.pick(attacks)];
      const value = encodeURIComponent(chance.happens(0.3) ? `${one},${other}|${one}$${other}` : one).replace(
        '%2500',
        '%00',
      );
      const response = await answerTo('GET', `/${type}?${encodeURIComponent(name)}=${value}`);
      expect([200, 400], `${name}=${value}`).toContain(response.status);
    }
    expect([await stored(), await tables()]).toEqual(before);
  });

  it('finds nothing out of reach', async () => {
    for (const name of names) {
      for (const attack of attacks) {
        const response = await sendAsLaunched(
          'GET',
          `/${type}?${name}=${encodeURIComponent(attack)}&_include=*&_revinclude=*:*`,
        );
        const { entry = [] } = (await response.json()) as Bundle;
        const ids = entry.flatMap(({ resource }) =>
          resource?.resourceType === 'OperationOutcome' ? [] : resource?.id,
        );
        expect(
          ids.every((id) => ['A', 'a1', 'a2'].includes(String(id))),
          `${name}=${attack}: ${ids}`,
        ).toBe(true);
      }
    }
  });
});
