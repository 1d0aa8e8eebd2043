import type { Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSearch } from '#lib/fhir/search/request.ts';
import type { Permission } from '#lib/smart/permission/permission.ts';
import { resourceScopes } from '#lib/smart/scope/scope.ts';
import { database } from '../database/database.ts';
import { putResources } from '../resource/resources.ts';
import { searchResources } from './search.ts';

const everything: Permission = { scopes: resourceScopes('system/*.rs') };
let sandboxId: number;

type Place = [latitude: number, longitude: number];

function location(id: string, [latitude, longitude]: Place) {
  return { resourceType: 'Location', id, name: id, position: { latitude, longitude } } as Resource;
}

/** A small generator with a fixed seed, so that a failure can be repeated. */
let state = 7;
function random(): number {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
}

/** Anywhere on earth, or, more often, about the poles and the date line. */
function somewhere(): Place {
  const about = random();
  if (about < 0.25) return [(random() < 0.5 ? -1 : 1) * (90 - random() * 3), random() * 360 - 180];
  if (about < 0.6) return [random() * 4 - 2, (random() < 0.5 ? -1 : 1) * (180 - random() * 2)];
  return [(Math.asin(2 * random() - 1) * 180) / Math.PI, random() * 360 - 180];
}

const scattered = new Map(Array.from({ length: 300 }, (_, index): [string, Place] => [`r${index}`, somewhere()]));

/** Metres between two places, by the straight line through the earth: another formula than the server's. */
function metresBetween(one: Place, other: Place): number {
  const [a, b] = [one, other].map(([latitude, longitude]) => {
    const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
  });
  const chord = Math.hypot(...[0, 1, 2].map((axis) => (a?.[axis] ?? 0) - (b?.[axis] ?? 0)));
  return 2 * 6_371_008.8 * Math.asin(Math.min(1, chord / 2));
}

beforeAll(async () => {
  sandboxId = (await database().sandbox.create({ data: { slug: 'near', name: 'Near' } })).id;
  const other = (await database().sandbox.create({ data: { slug: 'near-other', name: 'Near other' } })).id;
  await putResources(sandboxId, [
    location('ann-arbor', [42.2808, -83.743]),
    location('detroit', [42.3314, -83.0458]),
    location('suva', [-18.1416, 178.4419]),
    location('apia', [-13.8333, -171.7667]),
    location('date-line', [-17, -180]),
    location('pole', [90, 12]),
    { resourceType: 'Location', id: 'nowhere', name: 'Without a position' } as Resource,
    location('wrong', [42.2808, 276.257]),
    {
      resourceType: 'Encounter',
      id: 'visit',
      status: 'finished',
      class: { code: 'AMB' },
      location: [{ location: { reference: 'Location/detroit' } }],
    } as Resource,
  ]);
  await putResources(other, [location('elsewhere', [42.2808, -83.743])]);
});

async function search(queryString: string, type = 'Location', permission = everything, sandbox = sandboxId) {
  const request = parseSearch(type, [...new URLSearchParams(queryString), ['_count', '500']]);
  expect(request.ignored).toEqual([]);
  const { matches, total } = await searchResources({ sandboxId: sandbox, permission }, request);
  expect(total).toBe(matches.length);
  const counted = await searchResources({ sandboxId: sandbox, permission }, { ...request, count: 0 });
  expect(counted.total).toBe(matches.length);
  return matches
    .map(({ id }) => id)
    .toSorted()
    .join(' ');
}

describe('Location?near', () => {
  it.each([
    ['near=42.2808|-83.743', 'ann-arbor'],
    ['near=42.2808|-83.743|0', 'ann-arbor'],
    ['near=42.2808|-83.743|60|km', 'ann-arbor detroit'],
    ['near=42.2808|-83.743|57|km', 'ann-arbor'],
    ['near=42.2808|-83.743|36|mi', 'ann-arbor detroit'],
    ['near=42.2808|-83.743|35|[mi_us]', 'ann-arbor'],
    ['near=42.2808|-83.743|60000|m', 'ann-arbor detroit'],
    ['near=42.2808|-83.743|1,42.33|-83.04|1', 'ann-arbor detroit'],
    ['near=42.2808|-83.743|60&near=42.33|-83.04|60', 'ann-arbor detroit'],
    ['near=42.2808|-83.743|60&near=42.33|-83.04|10', 'detroit'],
    ['near=42.2808|-83.743|60&name=det', 'detroit'],
    ['near=-17.5|179.9|200', 'date-line suva'],
    ['near=-17.5|-179.9|200', 'date-line suva'],
    ['near=-17|180|0', 'date-line'],
    ['near=-16|-175|600', 'apia date-line'],
    ['near=89.5|-170|60', 'pole'],
    ['near=90|0|1', 'pole'],
    ['near=0|0|20100', 'ann-arbor apia date-line detroit pole suva'],
    ['near=0|0|1|km', ''],
    ['near:missing=true', 'nowhere wrong'],
    ['near:missing=false', 'ann-arbor apia date-line detroit pole suva'],
  ])('%s', async (queryString, expected) => {
    expect(await search(queryString)).toBe(expected);
  });

  it('works in chains and in scopes narrowed by it', async () => {
    expect(await search('location.near=42.33|-83.04|5', 'Encounter')).toBe('visit');
    expect(await search('location.near=42.2808|-83.743|5', 'Encounter')).toBe('');
    const narrowed = { scopes: resourceScopes('user/Location.rs?near=42.33|-83.04|5') };
    expect(await search('', 'Location', narrowed)).toBe('detroit');
    const unreadable = { scopes: resourceScopes('user/Location.rs?near=somewhere') };
    expect(await search('', 'Location', unreadable)).toBe('');
  });

  it('follows a Location that moves, and no longer finds one that has lost its position', async () => {
    await putResources(sandboxId, [location('moving', [10, 10])]);
    expect(await search('near=10|10|1')).toBe('moving');
    await putResources(sandboxId, [location('moving', [20, 20])]);
    expect(await search('near=10|10|1')).toBe('');
    expect(await search('near=20|20|1')).toBe('moving');
    await putResources(sandboxId, [{ resourceType: 'Location', id: 'moving' } as Resource]);
    expect(await search('near=20|20|1')).toBe('');
  });

  it('finds exactly the places that a check of every place finds, near the poles and the date line too', async () => {
    const { id } = await database().sandbox.create({ data: { slug: 'near-random', name: 'Random' } });
    await putResources(
      id,
      [...scattered].map(([name, place]) => location(name, place)),
    );
    let [several, none] = [0, 0];
    for (let round = 0; round < 60; round++) {
      const [center, kilometres] = [somewhere(), 10 ** (1 + random() * 3.3)];
      const expected = [...scattered]
        .filter(([, place]) => metresBetween(center, place) <= kilometres * 1000)
        .map(([name]) => name)
        .toSorted();
      const text = `near=${center.map((degrees) => degrees.toFixed(12)).join('|')}|${kilometres.toFixed(9)}`;
      expect({ text, found: await search(text, 'Location', everything, id) }).toEqual({
        text,
        found: expected.join(' '),
      });
      if (expected.length > 1) several++;
      if (expected.length === 0) none++;
    }
    expect(several).toBeGreaterThan(15);
    expect(none).toBeGreaterThan(6);
  });
});
