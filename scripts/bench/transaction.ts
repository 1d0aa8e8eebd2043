/** Measures a transaction of a thousand entries. */
import { randomUUID } from 'node:crypto';
import { postJson } from './http.ts';
import { recordOf } from './population.ts';
import type { ScaleSandbox } from './scale-sandbox.ts';

export interface TransactionFigures {
  entries: number;
  /** Durations in milliseconds, shortest first. */
  times: number[];
}

const entries = 1000;
const times = 5;

/** Sends the transaction several times in sequence, each time with new resources that refer to each other. */
export async function measureTransaction({ base, authorization }: ScaleSandbox): Promise<TransactionFigures> {
  console.log(`• A transaction of ${entries} entries`);
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const body = JSON.stringify(bundle());
    const started = performance.now();
    const answered = JSON.parse(await postJson(base, body, { authorization })) as { entry?: unknown[] };
    taken.push(performance.now() - started);
    if (answered.entry?.length !== entries) throw new Error('The transaction did not answer each entry.');
  }
  return { entries, times: taken.sort((a, b) => a - b) };
}

export function printTransaction({ entries: count, times: taken }: TransactionFigures): void {
  const [shortest = 0, middle = 0] = [taken[0], taken[Math.floor(taken.length / 2)]];
  console.log(`\nA transaction of ${count} entries: ${middle.toFixed(0)} ms, at best ${shortest.toFixed(0)} ms`);
}

/** Complete patient records without ids, cut to the number of entries. */
function bundle() {
  const resources = Array.from({ length: Math.ceil(entries / 27) }, (_, number) => recordOf(number)).flat();
  const names = new Map(resources.map(({ resourceType, id }) => [`${resourceType}/${id}`, `urn:uuid:${randomUUID()}`]));
  const entry = resources.slice(0, entries).map(({ id, ...resource }) => ({
    fullUrl: names.get(`${resource.resourceType}/${id}`),
    resource: pointing(resource, names),
    request: { method: 'POST', url: resource.resourceType },
  }));
  return { resourceType: 'Bundle', type: 'transaction', entry };
}

function pointing(resource: object, names: Map<string, string>): unknown {
  return JSON.parse(JSON.stringify(resource), (key, value) => (key === 'reference' ? names.get(value) : value));
}
