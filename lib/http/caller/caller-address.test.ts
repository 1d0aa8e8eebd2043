import { expect, it } from 'vitest';
import { calledFrom, callerAddress } from './caller-address.ts';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['', undefined],
  ['2001:db8::1', '2001:db8::1'],
  [undefined, undefined],
])('%s calls as %s, in whatever is awaited on its behalf', async (address, expected) => {
  const told = await calledFrom(address, async () => {
    await Promise.resolve();
    return callerAddress();
  });
  expect(told).toBe(expected);
});

it('tells requests at the same time apart, and nothing outside of one', async () => {
  const both = ['192.0.2.1', '192.0.2.2'].map((address) => calledFrom(address, async () => callerAddress()));
  expect(await Promise.all(both)).toEqual(['192.0.2.1', '192.0.2.2']);
  expect(callerAddress()).toBeUndefined();
});
