import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DatabaseForProcesses, databaseForProcesses } from '#lib/data/database/tests/for-processes.ts';
import { runProcess } from '#lib/data/database/tests/run-process.ts';

let database: DatabaseForProcesses;

beforeAll(async () => {
  database = await databaseForProcesses();
});

afterAll(() => database.remove());

/** Runs the writer as a separate process until it ends or is killed. */
function run(...killedBefore: string[]) {
  return runProcess('lib/resource-server/tests/killed-writer.ts', killedBefore, database.variables);
}

/** Processes take seconds to start, and longer on a machine that is busy. */
const patience = 240_000;

it(
  'a process killed in the middle of a transaction leaves nothing of it, and one that is not all',
  async () => {
    // Before the rows are there, when they are and are judged, and when nothing is left to do.
    const moments = ['INSERT INTO string_index', 'TRUE AS free, TRUE AS written FROM resource', 'COMMIT'];
    const statements = database.variables.DATABASE_URL ? moments : moments.slice(1, 2);
    for (const statement of statements) expect((await run(statement)).signal).toBe('SIGKILL');
    // Each had put two resources into a sandbox of its own before its transaction began.
    const resources = 2 * statements.length;
    const { code, printed } = await run();
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toEqual({
      status: 200,
      before: { resources, deleted: 0, versions: 0, strings: 0 },
      after: { resources: resources + 302, deleted: 1, versions: 2, strings: 900 },
    });
  },
  patience,
);
