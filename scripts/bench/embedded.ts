/** Measures the embedded database with some thousand patients: how long it takes to start, to load and to respond. */
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { database, disconnect } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { newServiceKey, serviceClient, serviceForm } from './clients.ts';
import { growthScenarios, spread } from './growth-scenarios.ts';
import { get, post } from './http.ts';
import { signIn, type Tokens } from './launch.ts';
import { type Figure, type Load, measure } from './measure.ts';
import { recordOf } from './population.ts';
import { row } from './report.ts';
import { type Serving, serve } from './server.ts';

export interface EmbeddedReport {
  patients: number;
  resources: number;
  /** Start-up times: without a database, and with one that holds all patients. */
  firstStartSeconds: number;
  startSeconds: number;
  loadSeconds: number;
  /** Resident memory of the server, in megabytes. */
  megabytes: number | undefined;
  figures: Figure[];
}

/** Number of patients loaded at a time. */
const step = 100;

export async function measureEmbedded(patients: number, load: Load & { only: RegExp }): Promise<EmbeddedReport> {
  const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-bench-'));
  try {
    console.log('• Starting on an empty folder');
    const first = await serve({ DATA_DIR: folder });
    await first.stop();
    console.log(`• Loading ${patients} patients`);
    const key = newServiceKey();
    const loaded = await loadEmbedded(folder, patients, key);
    console.log('• Starting again');
    const server = await serve({ DATA_DIR: folder });
    try {
      const figures = await measureRequests(server, key, patients, load);
      const seconds = { firstStartSeconds: first.seconds, startSeconds: server.seconds };
      return { patients, ...loaded, ...seconds, megabytes: server.megabytes(), figures };
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Stores patients in the shipped sandbox through the server's own code, without HTTP. */
async function loadEmbedded(folder: string, patients: number, key: KeyObject) {
  Object.assign(process.env, { DATA_DIR: folder, DATABASE_URL: '' });
  const { id: sandboxId } = await database().sandbox.findUniqueOrThrow({ where: { slug: 'demo' } });
  await database().client.create({ data: { sandboxId, ...serviceClient(key, 'system/*.rs') } });
  const started = performance.now();
  let resources = 0;
  for (let from = 0; from < patients; from += step) {
    const records = Array.from({ length: Math.min(step, patients - from) }, (_, index) => recordOf(from + index));
    await putResources(sandboxId, records.flat());
    resources += records.flat().length;
  }
  const loadSeconds = (performance.now() - started) / 1000;
  await disconnect();
  return { resources, loadSeconds };
}

async function measureRequests(
  { origin }: Serving,
  key: KeyObject,
  patients: number,
  { only, ...load }: Load & { only: RegExp },
): Promise<Figure[]> {
  const endpoint = `${origin}/demo/oauth/token`;
  const { access_token } = JSON.parse(await post(endpoint, serviceForm(endpoint, key, 'system/*.rs'))) as Tokens;
  const session = await signIn(origin);
  const next = spread(patients);
  const list = async (query: string) => {
    const { status } = await session.get(`${origin}/demo/patients${query}`);
    if (status !== 200) throw new Error(`The patient list answered ${status}.`);
  };
  const requests: [name: string, once: () => Promise<unknown>][] = [
    ['bare route (/health)', () => get(`${origin}/health`)],
    ...growthScenarios.map(({ name, path }): [string, () => Promise<unknown>] => [
      name,
      () => get(`${origin}/demo/fhir/${path(next())}`, { authorization: `Bearer ${access_token}` }),
    ]),
    ['the page with the list of patients', () => list('')],
    ['the same, searched by name', () => list('?name=mill')],
  ];
  const figures: Figure[] = [];
  for (const [name, once] of requests.filter(([name]) => only.test(name))) {
    console.log(`• ${name}`);
    figures.push(await measure(name, async () => void (await once()), load));
  }
  return figures;
}

export function printEmbedded(report: EmbeddedReport): void {
  const { patients, resources, firstStartSeconds, startSeconds, loadSeconds, megabytes, figures } = report;
  console.log(`\nThe embedded database with ${patients} patients (${resources} resources)`);
  console.log(`First start ${firstStartSeconds.toFixed(1)} s, start with the patients ${startSeconds.toFixed(1)} s,`);
  console.log(
    `loading ${loadSeconds.toFixed(0)} s (${(resources / loadSeconds).toFixed(0)} a second), server ${megabytes} MB\n`,
  );
  console.log(row(['', 'per second', 'p50 ms', 'p95 ms']));
  for (const { name, rate, p50, p95 } of figures) {
    console.log(row([name, rate.toFixed(1), p50.toFixed(2), p95.toFixed(2)]));
  }
}
