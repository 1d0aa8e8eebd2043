/** Prints figures as a table, with each rate also as a share of the first. */
import { writeFileSync } from 'node:fs';
import { arch, cpus, platform } from 'node:os';
import type { StepTrips } from './launch-steps.ts';
import type { Figure } from './measure.ts';

export interface Report {
  machine: { platform: string; cpus: number; model: string; node: string; postgres: string };
  /** `share` is the rate divided by that of the bare health route; `trips` are statements sent to the database per request. */
  figures: (Figure & { share: number; trips?: number })[];
  /** Statements sent to the database per step of a launch. */
  steps: StepTrips[];
}

/** Assembles the report; the first figure is the floor, with which the others are compared. */
export function reportOf(figures: (Figure & { trips?: number })[], steps: StepTrips[], postgres: string): Report {
  const floor = figures[0]?.rate ?? Number.NaN;
  const processors = cpus();
  return {
    machine: {
      platform: `${platform()} ${arch()}`,
      cpus: processors.length,
      model: processors[0]?.model ?? 'unknown',
      node: process.version,
      postgres,
    },
    figures: figures.map((figure) => ({ ...figure, share: figure.rate / floor })),
    steps,
  };
}

export function printReport({ machine, figures, steps }: Report): void {
  const { platform: system, cpus: count, model, node, postgres } = machine;
  console.log(`\n${system}, ${count} × ${model}, Node ${node}, ${postgres}\n`);
  console.log(row(['', 'per second', 'of floor', 'p50 ms', 'p95 ms', 'db trips']));
  for (const { name, rate, share, p50, p95, trips } of figures) {
    const trip = trips === undefined ? '' : trips.toFixed(1);
    console.log(row([name, rate.toFixed(1), `${(share * 100).toFixed(1)} %`, p50.toFixed(2), p95.toFixed(2), trip]));
  }
  for (const { name, trips } of steps) console.log(row([`  of it ${name}`, '', '', '', '', trips.toFixed(1)]));
}

/** Formats one line of a table. */
export function row([name = '', ...cells]: string[]): string {
  return name.padEnd(52) + cells.map((cell) => cell.padStart(11)).join('');
}

/** Writes the report as JSON. */
export function writeReport(report: object, file: string): void {
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nWritten to ${file}`);
}
