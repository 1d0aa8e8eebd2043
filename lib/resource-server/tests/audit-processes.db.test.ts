import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DatabaseForProcesses, databaseForProcesses } from '#lib/data/database/tests/for-processes.ts';
import { runProcess } from '#lib/data/database/tests/run-process.ts';

let database: DatabaseForProcesses;

beforeAll(async () => {
  database = await databaseForProcesses();
});

afterAll(() => database.remove());

/** Runs a process that reads this often, and returns the number of events when it has ended. */
async function read(times: number): Promise<number> {
  const script = 'lib/resource-server/tests/audited-process.ts';
  const { code, printed } = await runProcess(script, [String(times)], database.variables);
  expect(code).toBe(0);
  return Number(printed);
}

/** Processes take seconds to start, and longer on a machine that is busy. */
const patience = 240_000;

it(
  'several processes write to one log, and lose nothing when they end',
  async () => {
    if (database.variables.DATABASE_URL) await Promise.all([read(150), read(150)]);
    else for (const times of [150, 150]) await read(times);
    expect(await read(1)).toBe(301);
  },
  patience,
);
