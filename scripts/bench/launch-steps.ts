/** Counts the statements that each step of a launch sends to the database. */
import type { PostgresServer } from '#scripts/machine/postgres.ts';
import { countStatements } from './database-trips.ts';
import { authorize, exchange, type Launcher, open } from './launch.ts';

export interface StepTrips {
  name: string;
  trips: number;
}

const times = 20;

/** Counts each step separately; the results it needs from earlier steps are prepared beforehand. */
export async function tripsOfSteps(launcher: Launcher, postgres: PostgresServer): Promise<StepTrips[]> {
  const launches = await counted(postgres, () => open(launcher));
  const codes = await counted(postgres, () => authorize(launcher, taken(launches.results)));
  const tokens = await counted(postgres, () => exchange(launcher, taken(codes.results)));
  return [
    { name: 'launch (POST of a Launch button)', trips: launches.trips },
    { name: 'authorize', trips: codes.trips },
    { name: 'token (code exchange)', trips: tokens.trips },
  ];
}

async function counted<T>(postgres: PostgresServer, step: () => Promise<T>): Promise<{ results: T[]; trips: number }> {
  const results: T[] = [];
  const statements = await countStatements(postgres, async () => {
    for (let time = 0; time < times; time++) results.push(await step());
  });
  return { results, trips: statements / times };
}

function taken<T>(results: T[]): T {
  const result = results.pop();
  if (!result) throw new Error('The step before was not taken often enough.');
  return result;
}
