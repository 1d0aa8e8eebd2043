/** `npm run bench`: what the server does in a second, as shares of a bare route, against PostgreSQL. */
import { parseArgs } from 'node:util';
import { registerClients } from './bench/clients.ts';
import { countStatements } from './bench/database-trips.ts';
import { get } from './bench/http.ts';
import { type Launcher, launchApp, scope, signIn } from './bench/launch.ts';
import { type StepTrips, tripsOfSteps } from './bench/launch-steps.ts';
import { type Figure, type Load, measure } from './bench/measure.ts';
import { printReport, reportOf, writeReport } from './bench/report.ts';
import { type BenchServer, startServer } from './bench/server.ts';
import { introspecting, refreshing, serving } from './bench/token-requests.ts';
import type { PostgresServer } from './postgres.ts';
import { ensureBuilt, ensureGenerated } from './prepare.ts';

interface Measured {
  figures: (Figure & { trips: number })[];
  steps: StepTrips[];
}

const usage = `npm run bench                      a table
npm run bench -- --json FILE       the same for machines
npm run bench -- --seconds N       seconds for each figure (8)
npm run bench -- --import N        only the import of a folder like Synthea's with N patients (600 for all of it)`;

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    seconds: { type: 'string', default: '8' },
    import: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
const seconds = Number(values.seconds);
if (values.help || !(seconds > 0)) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

await ensureGenerated();
if (values.import) {
  const { printImport } = await import('./bench/import.ts');
  await printImport(Number(values.import));
  process.exit(0);
}
await ensureBuilt();
console.log('• Starting PostgreSQL and the server');
const server = await startServer();
try {
  const { figures, steps } = await measureAll(server, { concurrency: 8, seconds });
  const report = reportOf(figures, steps, server.postgres.version);
  printReport(report);
  if (values.json) writeReport(report, values.json);
} finally {
  await server.stop();
}

async function measureAll({ origin, postgres }: BenchServer, load: Load): Promise<Measured> {
  const key = await registerClients(postgres);
  const launcher: Launcher = { origin, session: await signIn(origin), clientId: 'bilirubin_chart', scope };
  const { access_token: token } = await launchApp(launcher);
  const authorization = `Bearer ${token}`;
  const base = `${origin}/demo/fhir`;
  const bilirubin = `${base}/Observation?patient=BILIBABY&code=http://loinc.org|1975-2`;
  await expectMatches(bilirubin, authorization);
  const fewer = { ...load, concurrency: 4 };
  const scenarios: [name: string, once: () => Promise<void>, load: Load][] = [
    ['bare route (/health): the floor', () => done(get(`${origin}/health`)), load],
    ['FHIR read', () => done(get(`${base}/Patient/BILIBABY`, { authorization })), load],
    ["FHIR search: a patient's Observations by code", () => done(get(bilirubin, { authorization })), load],
    ['introspection by the client itself', introspecting(launcher, token), load],
    ['refresh', await refreshing(launcher), fewer],
    ['token of a backend service', serving(launcher, key), fewer],
    ['whole launch (launch, authorize, code, token)', () => done(launchApp(launcher)), fewer],
  ];
  const figures: Measured['figures'] = [];
  for (const [name, once, how] of scenarios) {
    console.log(`• ${name}`);
    figures.push({ ...(await measure(name, once, how)), trips: await tripsOf(once, postgres) });
  }
  return { figures, steps: await tripsOfSteps(launcher, postgres) };
}

async function done(answer: Promise<unknown>): Promise<void> {
  await answer;
}

/** Statements that one request costs the database. */
async function tripsOf(once: () => Promise<void>, postgres: PostgresServer): Promise<number> {
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
