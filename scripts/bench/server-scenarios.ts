/** Measures requests to the shipped sandbox, and counts the statements that each sends to the database. */
import type { KeyObject } from 'node:crypto';
import { countStatements } from './database-trips.ts';
import { get } from './http.ts';
import { type Launcher, launchApp, scope, signIn } from './launch.ts';
import { type StepTrips, tripsOfSteps } from './launch-steps.ts';
import { type Figure, type Load, measure } from './measure.ts';
import type { BenchServer } from './server.ts';
import { introspecting, refreshing, serving } from './token-requests.ts';

export interface Measured {
  figures: (Figure & { trips: number })[];
  steps: StepTrips[];
}

type Scenario = [name: string, once: () => Promise<unknown>, load: Load];

/** Measures the scenarios whose names match `only`, and always the first, which is the floor. */
export async function measureServer(
  server: BenchServer,
  key: KeyObject,
  { only, ...load }: Load & { only: RegExp },
): Promise<Measured> {
  const { origin, postgres } = server;
  const launcher: Launcher = { origin, session: await signIn(origin), clientId: 'bilirubin_chart', scope };
  const figures: Measured['figures'] = [];
  for (const [name, once, how] of await scenariosOf(launcher, key, load)) {
    if (figures.length > 0 && !only.test(name)) continue;
    console.log(`• ${name}`);
    const done = async () => void (await once());
    figures.push({ ...(await measure(name, done, how)), trips: await tripsOf(once, server) });
  }
  return { figures, steps: only.test('whole launch') ? await tripsOfSteps(launcher, postgres) : [] };
}

async function scenariosOf(launcher: Launcher, key: KeyObject, load: Load): Promise<Scenario[]> {
  const { origin } = launcher;
  const { access_token: token } = await launchApp(launcher);
  const authorization = `Bearer ${token}`;
  const base = `${origin}/demo/fhir`;
  const bilirubin = `${base}/Observation?patient=BILIBABY&code=http://loinc.org|1975-2`;
  await expectMatches(bilirubin, authorization);
  const fewer = { ...load, concurrency: 4 };
  return [
    ['bare route (/health): the floor', () => get(`${origin}/health`), load],
    ['FHIR read', () => get(`${base}/Patient/BILIBABY`, { authorization }), load],
    ["FHIR search: a patient's Observations by code", () => get(bilirubin, { authorization }), load],
    ['introspection by the client itself', introspecting(launcher, token), load],
    ['refresh', await refreshing(launcher), fewer],
    ['token of a backend service', serving(launcher, key), fewer],
    ['whole launch (launch, authorize, code, token)', () => launchApp(launcher), fewer],
  ];
}

/** Number of statements that one request sends to the database. */
async function tripsOf(once: () => Promise<unknown>, { postgres }: BenchServer): Promise<number> {
  const times = 20;
  const statements = await countStatements(postgres, async () => {
    for (let time = 0; time < times; time++) await once();
  });
  return statements / times;
}

async function expectMatches(url: string, authorization: string): Promise<void> {
  const { entry = [] } = JSON.parse(await get(url, { authorization })) as { entry?: unknown[] };
  if (entry.length < 5)
    throw new Error(`${url} found ${entry.length} Observations; a bench of an empty search says nothing.`);
}
