/** Prints how requests compare between two sizes of the database. */
import type { Growth } from './growth.ts';
import type { Figure } from './measure.ts';
import { row } from './report.ts';

export function printGrowth({ loads, floors, scenarios, raw }: Growth): void {
  for (const { patients, resources, seconds, megabytes } of loads) {
    const rate = Math.round(resources / seconds);
    console.log(`\nUp to ${patients} patients: ${resources} resources in ${seconds.toFixed(0)} s (${rate} a second),`);
    console.log(`the database then has ${megabytes.toFixed(0)} MB.`);
  }
  const sizes = loads.map(({ patients }) => patients);
  const columns = sizes.flatMap((size) => [`of floor`, 'p50 ms', `p95 ${short(size)}`]);
  console.log(`\n${row(['in generated patients', ...columns, 'p50 grows'])}`);
  for (const { name, figures } of scenarios) {
    console.log(row([name, ...figures.flatMap((figure, at) => cellsOf(figure, floors[at]?.rate)), growthOf(figures)]));
  }
  if (raw.length > 0)
    console.log(`\n${row(['the search by code, p50 ms', 'http', 'its SQL', 'times', 'least SQL', 'times'])}`);
  for (const { patients, concurrency, http, own, least } of raw) {
    const times = (sql: Figure) => (http.p50 / sql.p50).toFixed(2);
    const cells = [http.p50.toFixed(2), own.p50.toFixed(2), times(own), least.p50.toFixed(2), times(least)];
    console.log(
      row([`${short(patients)} patients, ${concurrency === 1 ? 'one by one' : `${concurrency} at once`}`, ...cells]),
    );
  }
}

function cellsOf({ rate, p50, p95 }: Figure, floor = Number.NaN): string[] {
  return [`${((rate / floor) * 100).toFixed(1)} %`, p50.toFixed(2), p95.toFixed(2)];
}

function growthOf(figures: Figure[]): string {
  const [first, last] = [figures[0], figures.at(-1)];
  return first && last && first !== last ? `${(last.p50 / first.p50).toFixed(2)} x` : '';
}

function short(size: number): string {
  return size >= 1000 ? `${size / 1000}k` : String(size);
}
