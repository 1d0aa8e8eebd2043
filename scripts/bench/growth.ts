/** Measures how long requests take in a small sandbox and in a large one. */
import { Client } from 'pg';
import { type GrowthScenario, growthScenarios, seriesScenario, spread } from './growth-scenarios.ts';
import { get } from './http.ts';
import { loadPatients } from './load-patients.ts';
import { type Figure, type Load, measure } from './measure.ts';
import { measureRaw, type RawFigures } from './raw-search.ts';
import type { ScaleSandbox } from './scale-sandbox.ts';

interface LoadFigure {
  patients: number;
  resources: number;
  seconds: number;
  /** Size of the whole database afterwards. */
  megabytes: number;
}

/** Figures of each scenario at each size, and of the search compared with its raw SQL at the last size. */
export interface Growth {
  loads: LoadFigure[];
  /** The bare route, measured again at each size because other load on the machine may have changed. */
  floors: Figure[];
  scenarios: { name: string; bounded: boolean; figures: Figure[] }[];
  raw: RawFigures[];
}

/** Measures at `sizes` patients, one after the other, loading the missing ones in between. */
export async function measureGrowth(
  url: string,
  sandbox: ScaleSandbox,
  sizes: number[],
  { only, ...load }: Load & { only: RegExp },
): Promise<Growth> {
  const chosen = growthScenarios.filter(({ name }) => only.test(name));
  const growth: Growth = {
    loads: [],
    floors: [],
    scenarios: chosen.map(({ name, bounded = false }) => ({ name, bounded, figures: [] })),
    raw: [],
  };
  let loaded = 0;
  for (const patients of chosen.length > 0 ? sizes : []) {
    console.log(`• Loading patients, up to ${patients}`);
    growth.loads.push(await loadUpTo(url, sandbox.id, loaded, patients));
    loaded = patients;
    const health = new URL('/health', sandbox.base).href;
    growth.floors.push(await measure('bare route', async () => void (await get(health)), load));
    for (const [index, scenario] of chosen.entries()) {
      console.log(`• ${scenario.name}, ${patients} patients`);
      growth.scenarios[index]?.figures.push(await measureScenario(sandbox, scenario, patients, load));
    }
    if (chosen.includes(seriesScenario)) growth.raw.push(...(await measureRaw(url, sandbox, patients, load)));
  }
  return growth;
}

async function loadUpTo(url: string, sandboxId: number, from: number, to: number): Promise<LoadFigure> {
  const started = performance.now();
  const resources = await loadPatients(url, sandboxId, from, to);
  const seconds = (performance.now() - started) / 1000;
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ size: string }>('SELECT pg_database_size(current_database()) AS size');
  await client.end();
  return { patients: to, resources, seconds, megabytes: Number(rows[0]?.size) / 2 ** 20 };
}

async function measureScenario(
  { base, authorization }: ScaleSandbox,
  { name, path, entries = 0 }: GrowthScenario,
  patients: number,
  load: Load,
): Promise<Figure> {
  const next = spread(patients);
  const { entry = [] } = JSON.parse(await get(`${base}/${path(next())}`, { authorization })) as { entry?: unknown[] };
  if (entry.length < entries) throw new Error(`${name} found ${entry.length} of at least ${entries} entries.`);
  return measure(name, async () => void (await get(`${base}/${path(next())}`, { authorization })), load);
}
