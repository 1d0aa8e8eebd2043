import { describe, expect, it } from 'vitest';
import { parseNear } from './near.ts';
import { parseSearch } from './request.ts';

describe('parseNear', () => {
  it.each([
    ['42.25|-83.5|11.2|km', { latitude: 42.25, longitude: -83.5, metres: 11_200 }],
    ['42.25|-83.5|11.2', { latitude: 42.25, longitude: -83.5, metres: 11_200 }],
    ['42.25|-83.5|11.2|', { latitude: 42.25, longitude: -83.5, metres: 11_200 }],
    ['42.25|-83.5', { latitude: 42.25, longitude: -83.5, metres: 25_000 }],
    ['42.25|-83.5||furlongs', { latitude: 42.25, longitude: -83.5, metres: 25_000 }],
    ['0|0|500|m', { latitude: 0, longitude: 0, metres: 500 }],
    ['0|0|0|m', { latitude: 0, longitude: 0, metres: 0 }],
    ['0|0|1|mi', { latitude: 0, longitude: 0, metres: 1609.344 }],
    ['0|0|1|[mi_i]', { latitude: 0, longitude: 0, metres: 1609.344 }],
    ['0|0|3937|[mi_us]', { latitude: 0, longitude: 0, metres: 6_336_000 }],
    ['-90|180|1', { latitude: -90, longitude: 180, metres: 1000 }],
  ])('%s', (text, expected) => {
    const { metres, ...place } = parseNear(text);
    expect({ ...place, metres: Number(metres.toFixed(6)) }).toEqual(expected);
  });

  it.each([
    ['42.25', 'is not a place'],
    ['42.25|-83.5|1|km|more', 'is not a place'],
    ['|-83.5|1|km', 'latitude of "near" is a decimal number, not ""'],
    ['42.25|-83.5|1|constructor', 'units of "near" are a length'],
    ['42.25|-83.5|1|__proto__', 'units of "near" are a length'],
    ['42.25||1|km', 'longitude of "near" is a decimal number, not ""'],
    ['north|0', 'latitude of "near" is a decimal number, not "north"'],
    ['0x10|0', 'latitude of "near" is a decimal number'],
    ['NaN|0', 'latitude of "near" is a decimal number'],
    ['90.1|0', 'latitude of "near" lies between -90 and 90 degrees'],
    ['0|-180.5', 'longitude of "near" lies between -180 and 180 degrees'],
    ['0|0|-1', 'distance of "near" is a decimal number, not "-1"'],
    ['0|0|far', 'distance of "near" is a decimal number, not "far"'],
    ['0|0|1|kg', 'units of "near" are a length'],
    ['0|0|1|furlongs', 'units of "near" are a length'],
    ['0|0|1|constructor', 'units of "near" are a length'],
  ])('%s is refused, since %s', (text, reason) => {
    expect(() => parseNear(text)).toThrow(
      expect.objectContaining({ status: 400, message: expect.stringMatching(reason) }),
    );
  });
});

it('is a parameter of Locations alone, without modifiers and without an order', () => {
  const parse = (type: string, name: string) => parseSearch(type, [[name, '1|2|3']]);
  expect(parse('Location', 'near').clauses).toMatchObject([{ kind: 'near', values: [{ metres: 3000 }] }]);
  expect(parse('Encounter', 'location.near').clauses).toMatchObject([{ kind: 'chain' }]);
  expect(parse('Patient', 'near').ignored).toHaveLength(1);
  expect(() => parse('Location', 'near:exact')).toThrow(/modifier/);
  expect(parseSearch('Location', [['_sort', 'near']]).ignored).toEqual(['_sort by "near" is not supported.']);
});
