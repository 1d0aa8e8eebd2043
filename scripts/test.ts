/**
 * Runs every check and every test, goes on after a failure, and ends with one line that counts them. The browser's journeys
 * leave a processor idle for most of their time, so the unit and database tests run beside them.
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

/** Where the programs of a step print: at once, or together when the step has ended, so that two steps do not mix. */
type Printing = 'at once' | 'at the end';

type Step = [title: string, run: (printing: Printing) => Promise<Count>];

const checks: Step[] = [
  ['Format and lint', (printing) => check(printing, bin('biome'), ['ci', '--error-on-warnings', '.'])],
  ['Types of routes', (printing) => check(printing, bin('next'), ['typegen'])],
  ['Types', (printing) => check(printing, bin('tsc'), ['--noEmit'])],
  ['Rooms and their arrows', (printing) => check(printing, process.execPath, ['scripts/check-rooms.ts'])],
  ['Dead code', (printing) => check(printing, bin('knip'), [])],
  [
    'Code that only tests use',
    (printing) => check(printing, bin('knip'), ['--production', '-c', 'knip.production.json']),
  ],
];
const total: Count = { passed: 0, failed: 0 };

await ensureGenerated();
await runSteps(checks, 'at once');
await Promise.all([
  runSteps([['Unit and database tests', runVitest]], 'at once'),
  runSteps(
    [
      ['Build', build],
      ['Browser tests', runPlaywright],
    ],
    'at the end',
  ),
]);
await runSteps([['Conformance', async () => conformance()]], 'at once');
rmSync(reports, { recursive: true, force: true });
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

async function runSteps(steps: Step[], printing: Printing): Promise<void> {
  for (const [title, run] of steps) {
    console.log(`\n=== ${title}`);
    const started = Date.now();
    const { passed, failed } = await run(printing);
    total.passed += passed;
    total.failed += failed;
    console.log(`--- ${title}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s`);
  }
}

async function check(printing: Printing, program: string, args: string[]): Promise<Count> {
  const code = await exitCode(printing, program, args);
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

async function runVitest(printing: Printing): Promise<Count> {
  const code = await exitCode(printing, bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ]);
  const { numPassedTests, numFailedTests } = readReport(vitestReport, { numPassedTests: 0, numFailedTests: 0 });
  return counted(numPassedTests, numFailedTests, code);
}

async function runPlaywright(printing: Printing): Promise<Count> {
  const browser = await findBrowser();
  const code = await exitCode(printing, bin('playwright'), ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: playwrightReport,
    CHROMIUM_PATH: browser,
    E2E_PORT: String(await freePort()),
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

async function exitCode(
  printing: Printing,
  program: string,
  args: string[],
  variables: Record<string, string> = {},
): Promise<number> {
  const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...variables };
  const output = printing === 'at once' ? 'inherit' : 'pipe';
  const child = spawn(program, args, { stdio: ['ignore', output, output], env: environment });
  const held: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => held.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  process.stdout.write(Buffer.concat(held));
  return code ?? 1;
}
