import { describe, expect, it } from 'vitest';
import { isSamplesPath, originsOf, ownAddress, withoutOwnOrigin } from './own-origins.ts';

const one = { origin: 'https://ehr.example' };
const two = { ...one, samplesOrigin: 'https://samples.example' };

it('has one origin, or two', () => {
  expect(originsOf(one)).toEqual(['https://ehr.example']);
  expect(originsOf(two)).toEqual(['https://ehr.example', 'https://samples.example']);
});

it.each([
  ['/samples', true],
  ['/samples/', true],
  ['/samples?x', true],
  ['/samples/clinic-day/launch?iss=x', true],
  ['/samplesque', false],
  ['/samples-of-ours/x', false],
  ['/Samples/x', false],
  ['/demo/samples/x', false],
  ['', false],
])('whether the bundled apps are at %s: %s', (path, theirs) => expect(isSamplesPath(path)).toBe(theirs));

describe('a path', () => {
  it.each([
    ['/samples/x/', 'https://ehr.example/samples/x/', 'https://samples.example/samples/x/'],
    ['/demo/keys.json', 'https://ehr.example/demo/keys.json', 'https://ehr.example/demo/keys.json'],
  ])('%s is at %s, or %s where the bundled apps have an origin', (path, shared, own) => {
    expect(ownAddress(path, one)).toBe(shared);
    expect(ownAddress(path, two)).toBe(own);
    for (const origins of [one, two]) expect(withoutOwnOrigin(ownAddress(path, origins), origins)).toBe(path);
  });

  it.each([
    // What was registered before the apps had their own origin.
    ['https://ehr.example/samples/x/', '/samples/x/'],
    ['https://samples.example/demo/x', 'https://samples.example/demo/x'],
    ['https://samples.example.evil.example/samples/x', 'https://samples.example.evil.example/samples/x'],
    ['https://ehr.example.evil.example/x', 'https://ehr.example.evil.example/x'],
    ['/samples/x/', '/samples/x/'],
  ])('is what is left of %s: %s', (address, path) => expect(withoutOwnOrigin(address, two)).toBe(path));
});
