/** Runs every check and every test, goes on after a failure, and ends with one line that counts them. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkConformance } from '#scripts/conformance/check.ts';
import {
  type PlaywrightReport,
  runsOfPlaywright,
  runsOfVitest,
  type VitestReport,
} from '#scripts/conformance/test-runs.ts';
import { findBrowser } from '#scripts/machine/browser.ts';
import { freePort } from '#scripts/machine/free-port.ts';
import { ensureBuilt, ensureGenerated } from '#scripts/prepare.ts';

interface Count {
  passed: number;
  failed: number;
}

const reports = mkdtempSync(join(tmpdir(), 'ehr-sandbox-reports-'));
const vitestReport = join(reports, 'vitest.json');
const playwrightReport = join(reports, 'playwright.json');
const bin = (name: string) => join('node_modules/.bin', name);

await ensureGenerated();
const steps: [title: string, run: () => Promise<Count>][] = [
  ['Format and lint', () => check(bin('biome'), ['ci', '--error-on-warnings', '.'])],
  ['Types of routes', () => check(bin('next'), ['typegen'])],
  ['Types', () => check(bin('tsc'), ['--noEmit'])],
  ['Rooms and their arrows', () => check(process.execPath, ['scripts/check-rooms.ts'])],
  ['Dead code', () => check(bin('knip'), [])],
  ['Code that only tests use', () => check(bin('knip'), ['--production', '-c', 'knip.production.json'])],
  ['Unit and database tests', runVitest],
  ['Build', async () => build()],
  ['Container', () => check(process.execPath, ['scripts/trial/container.ts'])],
  ['Proxy and backup', () => check(process.execPath, ['scripts/trial/operating.ts'])],
  ['Browser tests', runPlaywright],
  ['Conformance', async () => conformance()],
];

const total: Count = { passed: 0, failed: 0 };
for (const [title, run] of steps) {
  console.log(`\n=== ${title}`);
  const started = Date.now();
  const { passed, failed } = await run();
  total.passed += passed;
  total.failed += failed;
  console.log(`--- ${title}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s`);
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

async function check(program: string, args: string[]): Promise<Count> {
  const code = await exitCode(program, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function build(): Promise<Count> {
  try {
    await ensureBuilt();
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error((error as Error).message);
    return { passed: 0, failed: 1 };
  }
}

async function runVitest(): Promise<Count> {
  const code = await exitCode(bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ]);
  const { numPassedTests, numFailedTests } = readReport(vitestReport, { numPassedTests: 0, numFailedTests: 0 });
  return counted(numPassedTests, numFailedTests, code);
}

async function runPlaywright(): Promise<Count> {
  const browser = await findBrowser();
  const code = await exitCode(bin('playwright'), ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
    CHROMIUM_PATH: browser,
    E2E_PORTS: `${await freePort()},${await freePort()}`,
  });
  const { stats } = readReport(playwrightReport, { stats: { expected: 0, unexpected: 0, flaky: 0 } });
  return counted(stats.expected, stats.unexpected + stats.flaky, code);
}

/** Only tests that have just run and passed prove anything. */
function conformance(): Count {
  const vitest = readReport<VitestReport>(vitestReport, { testResults: [] });
  const playwright = readReport<PlaywrightReport>(playwrightReport, { config: { rootDir: 'e2e' }, suites: [] });
  const faults = checkConformance([...runsOfVitest(vitest), ...runsOfPlaywright(playwright)]);
  return faults === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A runner that failed without a failed test, or that ran none at all, has failed once. */
function counted(passed: number, failed: number, code: number): Count {
  const broken = failed === 0 && (code !== 0 || passed === 0);
  return { passed, failed: broken ? 1 : failed };
}

function readReport<T>(file: string, none: T): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return none;
  }
}

function exitCode(program: string, args: string[], variables: Record<string, string> = {}): Promise<number> {
  const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...variables };
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: environment });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
