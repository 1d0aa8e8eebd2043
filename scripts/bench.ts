/** `npm run bench`: measures requests per second against PostgreSQL, also as shares of the rate of a bare route. */
import { registerClients } from '#scripts/bench/clients.ts';
import { measureEmbedded, printEmbedded } from '#scripts/bench/embedded.ts';
import { measureGrowth } from '#scripts/bench/growth.ts';
import { printGrowth } from '#scripts/bench/growth-report.ts';
import { importAlone, measureImport, printImport } from '#scripts/bench/import.ts';
import { printReport, reportOf, writeReport } from '#scripts/bench/report.ts';
import { makeScaleSandbox } from '#scripts/bench/scale-sandbox.ts';
import { startServer } from '#scripts/bench/server.ts';
import { measureServer } from '#scripts/bench/server-scenarios.ts';
import { measureTransaction, printTransaction } from '#scripts/bench/transaction.ts';
import { endWithUsage, readArguments } from '#scripts/machine/arguments.ts';
import { ensureBuilt, ensureGenerated } from '#scripts/prepare.ts';

const usage = `npm run bench                      a table
npm run bench -- --patients N      how reads and searches slow down from 1,000 to N generated patients (10000); 0: not at all
npm run bench -- --embedded        the embedded database instead, with N patients (5000)
npm run bench -- --only TEXT       only what has this in its name, and the floor
npm run bench -- --import N        only the import of a folder like Synthea's with N patients (600 for all of it)
npm run bench -- --seconds N       seconds for each figure (8)
npm run bench -- --json FILE       the same for machines`;

const { values } = readArguments(usage, {
  options: {
    json: { type: 'string' },
    seconds: { type: 'string', default: '8' },
    patients: { type: 'string' },
    embedded: { type: 'boolean' },
    import: { type: 'string' },
    only: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const patients = Number(values.patients ?? (values.embedded ? 5000 : 10_000));
if (!(seconds > 0) || !(patients >= 0)) endWithUsage(usage, 2);

await ensureGenerated();
if (values.import) {
  await importAlone(Number(values.import));
  process.exit(0);
}
await ensureBuilt();
const load = {
  concurrency: 8,
  seconds,
  only: new RegExp((values.only ?? '').replace(/[^\w\s]/g, String.raw`\$&`), 'i'),
};
await (values.embedded ? benchEmbedded() : benchPostgres());

async function benchPostgres(): Promise<void> {
  console.log('• Starting PostgreSQL and the server');
  const server = await startServer();
  const { url, version } = server.postgres;
  try {
    const key = await registerClients(server.postgres);
    const { figures, steps } = await measureServer(server, key, load);
    const sandbox = await makeScaleSandbox(url, server.origin, key);
    const transaction = load.only.test('transaction') ? await measureTransaction(sandbox) : undefined;
    const growth = patients > 0 ? await measureGrowth(url, sandbox, sizes(), load) : undefined;
    const imported = load.only.test('import') ? await measureImport(server.postgres) : undefined;
    const report = { ...reportOf(figures, steps, version), transaction, growth, imported };
    printReport(report);
    if (transaction) printTransaction(transaction);
    if (growth) printGrowth(growth);
    if (imported) printImport(imported);
    if (values.json) writeReport(report, values.json);
  } finally {
    await server.stop();
  }
}

async function benchEmbedded(): Promise<void> {
  const report = await measureEmbedded(patients, load);
  printEmbedded(report);
  if (values.json) writeReport(report, values.json);
}

function sizes(): number[] {
  return patients > 1000 ? [1000, patients] : [patients];
}
