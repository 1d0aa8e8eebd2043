/** `npm run conformance`: writes docs/conformance.md from the titles of all tests, without running them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentFile } from '#scripts/conformance/check.ts';
import { conformanceDocument } from '#scripts/conformance/document.ts';
import { problemsOf, proofsOf } from '#scripts/conformance/proofs.ts';
import { readRequirements } from '#scripts/conformance/requirements.ts';
import { runsOfPlaywright, runsOfVitestList } from '#scripts/conformance/test-runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'ehr-sandbox-conformance-'));
const [vitest, playwright] = [join(folder, 'vitest.json'), join(folder, 'playwright.json')];
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

// Only importing the test files gives each case of a table its title; parsing them does not.
run('vitest', ['list', '--staticParse=false', '--project=unit*', '--project=postgres*', `--json=${vitest}`]);
run('playwright', ['test', '--list', '--reporter=json'], { PLAYWRIGHT_JSON_OUTPUT_NAME: playwright });
const runs = [...runsOfVitestList(read(vitest)), ...runsOfPlaywright(read(playwright), true)];
rmSync(folder, { recursive: true, force: true });

const requirements = readRequirements();
writeFileSync(documentFile, conformanceDocument(requirements, proofsOf(runs)));
const problems = problemsOf(requirements, runs);
for (const problem of problems) console.error(problem);
console.log(`${documentFile} is written: ${requirements.length} requirements, ${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;

function run(program: string, args: string[], variables: Record<string, string> = {}): void {
  const environment = { ...process.env, ...variables };
  execFileSync(join('node_modules/.bin', program), args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
}
