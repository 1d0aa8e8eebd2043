import { beforeAll, expect, it, vi } from 'vitest';
import { log } from '#lib/log/log.ts';
import { database } from '../database/database.ts';
import { makeFallible, whileFailing } from '../database/tests/failing-database.ts';
import { admitAttempt, takeBackAttempt } from './failed-attempts.ts';

beforeAll(makeFallible);

it('takes back an attempt wholly or not at all', async () => {
  vi.spyOn(log, 'error').mockImplementation(() => {});
  const limit = { attempts: 5, minutes: 15 };
  for (let time = 0; time < 2; time += 1) await admitAttempt('somebody', limit);
  const fault = () => Object.assign(new Error('no memory'), { code: '53200' });
  // BEGIN, the first statement, the second one.
  const { result } = await whileFailing({ from: 3, fault }, () => takeBackAttempt('somebody').catch((error) => error));
  expect(result).toMatchObject({ status: 503 });
  const counted = () => database().failedAttempt.findUnique({ where: { subject: 'somebody' } });
  expect(await counted()).toMatchObject({ failures: 2 });
  await takeBackAttempt('somebody');
  expect(await counted()).toMatchObject({ failures: 1 });
});
