import { relative } from 'node:path';

/** One test, as reported by its runner. */
export interface TestRun {
  /** Path relative to the root of the project. */
  file: string;
  /** Full title, including those of the enclosing groups. */
  title: string;
  /** False if the test failed or was skipped. */
  passed: boolean;
}

const between = ' > ';

/** The part of Vitest's JSON report that says which tests passed. */
export interface VitestReport {
  testResults: {
    name: string;
    assertionResults: { ancestorTitles: string[]; title: string; status: string }[];
  }[];
}

/** The tests of `vitest run --reporter=json`, with paths relative to `root`. */
export function runsOfVitest({ testResults }: VitestReport, root = process.cwd()): TestRun[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      file: relative(root, name),
      title: [...ancestorTitles, title].join(between),
      passed: status === 'passed',
    })),
  );
}

/** The tests of `vitest list --json`, each counted as passed. */
export function runsOfVitestList(list: { name: string; file: string }[], root = process.cwd()): TestRun[] {
  return list.map(({ name, file }) => ({ file: relative(root, file), title: name, passed: true }));
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: { title: string; file: string; tests: { status: string; expectedStatus: string }[] }[];
}

/** The part of Playwright's JSON report that says which tests passed. */
export interface PlaywrightReport {
  config: { rootDir: string };
  suites: PlaywrightSuite[];
}

/**
 * The tests of a Playwright JSON report.
 * @param listed whether it comes from `playwright test --list`, where nothing ran and every test counts as passed
 */
export function runsOfPlaywright(
  { config, suites }: PlaywrightReport,
  listed = false,
  root = process.cwd(),
): TestRun[] {
  const folder = relative(root, config.rootDir);
  const asPassed = listed ? ['skipped', 'expected'] : ['expected'];
  const visit = ({ suites: inner = [], specs = [] }: PlaywrightSuite, groups: string[]): TestRun[] => [
    ...specs.map(({ title, file, tests }) => ({
      file: `${folder}/${file}`,
      title: [...groups, title].join(between),
      passed: tests.every(({ status, expectedStatus }) => expectedStatus === 'passed' && asPassed.includes(status)),
    })),
    ...inner.flatMap((suite) => visit(suite, [...groups, suite.title])),
  ];
  return suites.flatMap((suite) => visit(suite, []));
}
