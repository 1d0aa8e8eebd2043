/**
 * Runs every check and every test, goes on after a failure, and ends with one line that counts them. Two lanes keep two
 * processors busy: one checks the types and builds while the other checks the rest and begins with the tests.
 */
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

type Step = [title: string, run: () => Promise<Count>];

const built: Step[] = [
  ['Types of routes', () => check(bin('next'), ['typegen'])],
  ['Types', () => check(bin('tsc'), ['--noEmit'])],
  ['Build', build],
];
const tested: Step[] = [
  ['Format and lint', () => check(bin('biome'), ['ci', '--error-on-warnings', '.'])],
  ['Rooms and their arrows', () => check(process.execPath, ['scripts/check-rooms.ts'])],
  ['Dead code', () => check(bin('knip'), [])],
  ['Code that only tests use', () => check(bin('knip'), ['--production', '-c', 'knip.production.json'])],
  ['Unit and database tests', runVitest],
];
const total: Count = { passed: 0, failed: 0 };

await ensureGenerated();
await Promise.all([inOrder(built), inOrder(tested)]);
await inOrder([
  ['Browser tests', runPlaywright],
  ['Conformance', async () => conformance()],
]);
rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

async function inOrder(steps: Step[]): Promise<void> {
  for (const [title, run] of steps) {
    const started = Date.now();
    const { passed, failed } = await run();
    total.passed += passed;
    total.failed += failed;
    const seconds = Math.round((Date.now() - started) / 1000);
    console.log(`--- ${title}: ${passed} passed, ${failed} failed, ${seconds} s`);
  }
}

/** Runs a check beside others, so that what it prints is shown when it has failed, and as a whole. */
async function check(program: string, args: string[]): Promise<Count> {
  const { code, printed } = await ended(program, args, { stdio: 'pipe' });
  if (code !== 0) console.error(printed);
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
    // More workers than processors, as a journey mostly waits: for its page, or for its server.
    E2E_PORTS: [await freePort(), await freePort(), await freePort()].join(),
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

async function exitCode(program: string, args: string[], variables: Record<string, string> = {}): Promise<number> {
  const { code } = await ended(program, args, { stdio: 'inherit', variables });
  return code;
}

interface Running {
  stdio: 'inherit' | 'pipe';
  variables?: Record<string, string>;
}

async function ended(program: string, args: string[], { stdio, variables }: Running) {
  const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...variables };
  const child = spawn(program, args, { stdio: ['ignore', stdio, stdio], env: environment });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += chunk));
  const code = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  return { code, printed };
}
