import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connection, database } from '#lib/data/database/database.ts';
import { readMigrations } from '#lib/data/database/migration/files.ts';
import { log } from '#lib/log/log.ts';
import * as ending from '#lib/work/ending.ts';
import { answerHealth } from './answer-health.ts';
import { forgetReadiness, whyNotReady } from './readiness.ts';

/** So long even a busy machine may take. */
const patient = { patience: 60_000 };

beforeEach(forgetReadiness);
afterEach(() => {
  vi.restoreAllMocks();
  forgetReadiness();
});

describe('readiness', () => {
  it('asks a database that has every migration once a second at most', async () => {
    const send = vi.spyOn(connection().driver, 'send');
    const asked = await Promise.all(Array.from({ length: 20 }, () => whyNotReady(patient)));
    expect([...asked, await whyNotReady(patient)].every((why) => why === undefined)).toBe(true);
    expect(send).toHaveBeenCalledTimes(1);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 1001);
    await whyNotReady(patient);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('lacks a migration that was not applied, or did not come to its end', async () => {
    const last = readMigrations('prisma/migrations').at(-1)?.name ?? 'none';
    const unfinished = (finished: string) =>
      database().$executeRawUnsafe(
        `UPDATE _prisma_migrations SET finished_at = ${finished} WHERE migration_name = '${last}'`,
      );
    await unfinished('NULL');
    try {
      expect(await whyNotReady()).toBe(`The database lacks migrations: ${last}.`);
    } finally {
      await unfinished('now()');
    }
    forgetReadiness();
    expect(await whyNotReady()).toBeUndefined();
  });

  it('does not wait for a database that hangs, and does not ask it again while it owes an answer', async () => {
    const send = vi.spyOn(connection().driver, 'send').mockImplementation(() => new Promise(() => {}));
    const asked = await Promise.all([whyNotReady({ patience: 1 }), whyNotReady({ patience: 1 })]);
    expect([...asked, await whyNotReady({ patience: 1 })]).toEqual(Array(3).fill('The database does not answer.'));
    expect(send).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['ECONNREFUSED', 'The database cannot be reached.'],
    ['53300', 'The database is in trouble.'],
    ['42P01', 'The database has no tables: no migration was applied to it.'],
    ['42501', 'The database refuses to say which migrations it has.'],
  ])('is lost with the database, which is logged: %s', async (code, why) => {
    const failure = Object.assign(new Error('failed'), { code });
    vi.spyOn(connection().driver, 'send').mockRejectedValue(failure);
    vi.spyOn(log, 'error').mockImplementation(() => {});
    const logged = vi.spyOn(log, 'warn').mockImplementation(() => {});
    expect(await whyNotReady()).toBe(why);
    expect(logged).toHaveBeenCalledOnce();
  });

  it('is lost when the process ends, without asking anybody', async () => {
    vi.spyOn(ending, 'isEnding').mockReturnValue(true);
    const send = vi.spyOn(connection().driver, 'send');
    expect(await whyNotReady()).toBe('The server is ending.');
    expect(send).not.toHaveBeenCalled();
  });
});

/** What is answered, or undefined for what somebody else answers. */
function answered(method: string, url: string) {
  const ended = Promise.withResolvers<{ status: number; headers: Record<string, string>; text: string }>();
  let head = { status: 0, headers: {} };
  const response = Object.assign(new EventEmitter(), {
    writeHead: (status: number, headers: Record<string, string>) => {
      head = { status, headers };
    },
    end: (text: string) => ended.resolve({ ...head, text }),
  });
  const isAnswered = answerHealth({ method, url } as IncomingMessage, response as unknown as ServerResponse);
  return isAnswered ? ended.promise : undefined;
}

describe('what is answered', () => {
  it.each([
    ['GET', '/health/live', 200],
    ['HEAD', '/health/live', 200],
    ['GET', '/health/ready?probe=1', 200],
    ['HEAD', '/health/ready', 200],
    ['POST', '/health/ready', 405],
  ])('to %s %s is %i, for no cache', async (method, url, status) => {
    const answer = await answered(method, url);
    expect(answer).toMatchObject({ status, headers: { 'Cache-Control': 'no-store' } });
  });

  it.each(['/health', '/health/', '/health/readyness', '/health/live/x'])('to %s is for others to say', (url) =>
    expect(answered('GET', url)).toBeUndefined(),
  );

  it('says in words why the server is not ready, while it still lives', async () => {
    vi.spyOn(connection().driver, 'send').mockRejectedValue(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
    vi.spyOn(log, 'error').mockImplementation(() => {});
    vi.spyOn(log, 'warn').mockImplementation(() => {});
    expect(await answered('GET', '/health/ready')).toMatchObject({
      status: 503,
      text: 'The database cannot be reached.\n',
    });
    expect(await answered('GET', '/health/live')).toMatchObject({ status: 200, text: 'ok\n' });
  });
});
