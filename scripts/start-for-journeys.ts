/**
 * Starts the server for the browser journeys as a newcomer would: `npm start` with an empty data folder, and the
 * journeys' own sandbox files.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const port = process.argv[2] ?? '3210';
const dataDir = mkdtempSync(join(tmpdir(), 'ehr-sandbox-journeys-'));
const files = ['prisma/seed/demo.json', 'e2e/fixtures/hospital.json', 'e2e/fixtures/hasty.json'];
const server = spawn(process.execPath, ['scripts/run.mjs', 'serve', ...files.flatMap((file) => ['--sandbox', file])], {
  stdio: 'inherit',
  env: { ...process.env, PORT: port, DATA_DIR: dataDir, PUBLIC_URL: '', SAMPLES_URL: '', DATABASE_URL: '' },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => {
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(code ?? 1);
});
