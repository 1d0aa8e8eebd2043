import { defineConfig } from '@playwright/test';

/** A port for each worker: a journey that changes what its server keeps disturbs none that runs beside it. */
const ports = (process.env.E2E_PORTS ?? '3210,3211').split(',');
const ownPort = ports[Number(process.env.TEST_PARALLEL_INDEX ?? 0)];

/** Quiet and without calls of its own; as root Chromium has no sandbox. */
const chromiumArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: ports.length,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  use: {
    baseURL: `http://localhost:${ownPort}`,
    // To record every journey costs a third of the processor's time: `--trace retain-on-failure` does it for one that fails.
    screenshot: 'only-on-failure',
    launchOptions: {
      args: chromiumArguments,
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
    },
  },
  webServer: ports.map((port) => ({
    command: `node scripts/start-for-journeys.ts ${port}`,
    url: `http://localhost:${port}/health`,
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 10_000 },
    stdout: 'pipe' as const,
  })),
});
