import { beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '#lib/log/log.ts';
import { watchingTrouble } from '#lib/work/request-trouble.ts';
import { sendOnce, sendSafely } from './send-safely.ts';

const failing = (code: string) => Object.assign(new Error('secret'), { code });
const select = 'SELECT 1';
const insert = 'INSERT INTO note VALUES (1)';

beforeEach(() => {
  vi.spyOn(log, 'error').mockImplementation(() => {});
  vi.spyOn(log, 'info').mockImplementation(() => {});
});

/** Sends a statement that fails so often; the outcome, and how many times it was sent. */
async function sent(text: string, code: string, failures: number, send: typeof sendSafely = sendSafely) {
  let times = 0;
  const outcome = await send(text, async () => {
    times += 1;
    if (times <= failures) throw failing(code);
    return 'done';
  }).catch((error) => error);
  return { outcome, times };
}

describe('a statement outside of transactions', () => {
  it.each<[what: string, text: string, code: string, failures: number, times: number, done: boolean]>([
    ['a deadlock undid it', insert, '40P01', 3, 4, true],
    ['a deadlock undid it each time', insert, '40P01', 9, 4, false],
    ['it could not be serialized', insert, '40001', 1, 2, true],
    ['no connection was had', insert, 'ECONNREFUSED', 1, 2, true],
    ['no connection was had twice', insert, 'ECONNREFUSED', 2, 2, false],
    ['its connection broke and it only reads', select, 'ECONNRESET', 1, 2, true],
    ['its connection broke twice and it only reads', select, 'ECONNRESET', 2, 2, false],
    ['its connection broke and it writes', insert, 'ECONNRESET', 1, 1, false],
    ['its connection broke and it may write', `WITH a AS (${insert}) ${select}`, 'ECONNRESET', 1, 1, false],
    ['its connection broke and it changes a setting', "SELECT set_config('a', '')", 'ECONNRESET', 1, 1, false],
    ['it took too long', select, '57014', 1, 1, false],
    ['the disk is full', insert, '53100', 1, 1, false],
  ])('%s', async (_, text, code, failures, times, done) => {
    const seen = await sent(text, code, failures);
    expect(seen.times).toBe(times);
    expect(seen.outcome).toEqual(done ? 'done' : expect.objectContaining({ status: 503, digest: 'BUSY' }));
  });

  it.each<[what: string, text: string, thrown: Error, isUnknown: boolean]>([
    ['its connection broke and it writes', insert, failing('ECONNRESET'), true],
    ['the network went and it writes', insert, Object.assign(failing('ENETUNREACH'), { syscall: 'write' }), true],
    ['no answer came and it writes', insert, new Error('Query read timeout'), true],
    ['no answer came and it only reads', select, new Error('Query read timeout'), false],
    ['its connection broke and it begins a transaction', 'BEGIN', failing('ECONNRESET'), false],
    ['no connection was had', insert, failing('ECONNREFUSED'), false],
    ['the database ended it', insert, failing('57014'), false],
  ])('says whether it may have been written: %s', async (_, text, thrown, isUnknown) => {
    const outcome = await sendSafely(text, () => Promise.reject(thrown)).catch((error) => error);
    expect(outcome.message.includes('See whether it was')).toBe(isUnknown);
  });

  it('throws what is wrong with it as it is', async () => {
    expect(await sent(insert, '23505', 1)).toMatchObject({ times: 1, outcome: { code: '23505' } });
  });
});

describe('a statement of a transaction', () => {
  const once: typeof sendSafely = (_, send) => sendOnce(send);

  it.each(['ECONNREFUSED', 'ECONNRESET', '53100'])('is never sent again: %s', async (code) => {
    expect(await sent(select, code, 1, once)).toMatchObject({ times: 1, outcome: { status: 503 } });
  });

  it('throws a deadlock as it is, as its transaction is run again', async () => {
    expect(await sent(select, '40P01', 1, once)).toMatchObject({ times: 1, outcome: { code: '40P01' } });
  });
});

it('is remembered for the request that met it, and for no other', async () => {
  const [met, spared] = await Promise.all([
    watchingTrouble(async (hasMet) => {
      await sent(insert, '53300', 9);
      return hasMet();
    }),
    watchingTrouble(async (hasMet) => {
      await sent(insert, '23505', 9);
      return hasMet();
    }),
  ]);
  expect([met, spared]).toEqual([true, false]);
});
