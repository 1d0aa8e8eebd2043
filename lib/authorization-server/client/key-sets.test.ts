import { describe, expect, it } from 'vitest';
import { type FetchedKeys, keySets } from './key-sets.ts';

const url = 'https://app.example/jwks';

/** An app's server with these keys, and a clock, in seconds. */
function appWith(kids: string[], freshSeconds: number) {
  const app = { kids, freshSeconds, fetched: 0, seconds: 1_000_000, down: false };
  const fetchKeys = async (): Promise<FetchedKeys> => {
    app.fetched += 1;
    if (app.down) throw new Error('down');
    return { keys: app.kids.map((kid) => ({ kty: 'EC', kid })), freshSeconds: app.freshSeconds };
  };
  const find = keySets(fetchKeys, () => app.seconds * 1000);
  return { app, finds: async (kid: string, since?: number) => (await find(url, kid, since)).length === 1 };
}

describe('a set that may be kept', () => {
  it('is fetched once while it is fresh [SMART 342]', async () => {
    const { app, finds } = appWith(['a'], 300);
    expect([await finds('a'), await finds('a')]).toEqual([true, true]);
    app.seconds += 299;
    await finds('a');
    expect(app.fetched).toBe(1);
  });

  it('is fetched anew when it is no longer fresh, and a key that is gone is not accepted [SMART 341]', async () => {
    const { app, finds } = appWith(['a'], 300);
    await finds('a');
    app.kids = ['b'];
    app.seconds += 300;
    expect(await finds('a')).toBe(false);
    expect(app.fetched).toBe(2);
  });

  it('is fetched anew, once, after the registration was changed', async () => {
    const { app, finds } = appWith(['a'], 300);
    await finds('a');
    app.kids = ['b'];
    app.seconds += 10;
    const changed = (app.seconds - 1) * 1000;
    expect([await finds('a', changed), await finds('b', changed), await finds('b')]).toEqual([false, true, true]);
    expect(app.fetched).toBe(2);
  });

  it('is fetched anew for a key that it does not hold, though not more often than every half minute', async () => {
    const { app, finds } = appWith(['a'], 300);
    await finds('a');
    app.kids = ['a', 'b'];
    for (let guess = 0; guess < 100; guess++) await finds(`guess ${guess}`);
    expect(app.fetched).toBe(1);
    app.seconds += 31;
    expect(await finds('b')).toBe(true);
    for (let guess = 0; guess < 100; guess++) await finds(`guess ${guess}`);
    expect(app.fetched).toBe(2);
  });

  it('stays while the app’s server is down and it is fresh, no longer', async () => {
    const { app, finds } = appWith(['a'], 300);
    await finds('a');
    app.down = true;
    app.seconds += 31;
    await expect(finds('b')).rejects.toThrow('down');
    expect(await finds('a')).toBe(true);
    app.seconds += 300;
    await expect(finds('a')).rejects.toThrow('down');
  });
});

describe('a set that may not be kept', () => {
  it('is fetched for each assertion [SMART 341]', async () => {
    const { app, finds } = appWith(['a'], 0);
    expect(await finds('a')).toBe(true);
    app.kids = ['b'];
    expect([await finds('a'), await finds('b')]).toEqual([false, true]);
    expect(app.fetched).toBe(3);
  });

  it('is fetched once for those that come at the same moment', async () => {
    const { app, finds } = appWith(['a'], 0);
    expect(await Promise.all([finds('a'), finds('a'), finds('b')])).toEqual([true, true, false]);
    expect(app.fetched).toBe(1);
  });

  it('is not fetched without end', async () => {
    const { app, finds } = appWith(['a'], 0);
    for (let guess = 0; guess < 200; guess++) await finds('guess');
    expect(app.fetched).toBe(60);
    app.seconds += 60;
    expect(await finds('a')).toBe(true);
  });
});

it('holds the sets of a thousand addresses, and lets the one go that it met first', async () => {
  const fetched: string[] = [];
  const find = keySets(async (address) => {
    fetched.push(address);
    return { keys: [{ kty: 'EC', kid: 'a' }], freshSeconds: 300 };
  });
  const addresses = Array.from({ length: 1001 }, (_, number) => `https://app${number}.example/jwks`);
  for (const address of addresses) await find(address, 'a');
  expect(fetched).toEqual(addresses);
  await find('https://app1000.example/jwks', 'a');
  await find('https://app1.example/jwks', 'a');
  expect(fetched).toHaveLength(1001);
  await find('https://app0.example/jwks', 'a');
  expect(fetched).toHaveLength(1002);
});
