import { describe, expect, it } from 'vitest';
import { conformanceDocument } from './document.ts';
import { problemsOf, proofsOf } from './proofs.ts';
import { parseRequirements, type Requirement } from './requirements.ts';
import { runsOfPlaywright, runsOfVitest, runsOfVitestList, type TestRun } from './test-runs.ts';

// Assembled from parts, so that the titles in this file carry no mark themselves.
const marked = (title: string, ids: string) => `${title} [${'SMART'} ${ids}]`;

const requirements: Requirement[] = [
  { id: 14, level: 'SHALL', section: 'app-launch.html#pkce', text: 'S256 works.' },
  { id: 15, level: 'SHALL NOT', section: 'app-launch.html#pkce', text: 'plain is refused.' },
];

const run = (ids: string, passed = true): TestRun => ({ file: 'lib/a.test.ts', title: marked('one', ids), passed });

describe('problemsOf', () => {
  it('is content when every requirement has a test that passed', () => {
    expect(problemsOf(requirements, [run('14 15')])).toEqual([]);
  });

  it('names a requirement that lost its test', () => {
    expect(problemsOf(requirements, [run('14')])).toEqual([expect.stringMatching(/^15 \(SHALL NOT\) is proved by no/)]);
  });

  it('takes the mark of a group for all of its tests', () => {
    const test = { file: 'lib/a.test.ts', title: `${marked('group', '14')} > ${marked('one', '15')}`, passed: true };
    expect(problemsOf(requirements, [test])).toEqual([]);
    expect(proofsOf([test]).get(14)).toEqual([{ file: 'lib/a.test.ts', title: 'group > one' }]);
  });

  it('does not count a test that failed or was skipped', () => {
    expect(problemsOf(requirements, [run('14'), run('15', false)])).toHaveLength(1);
  });

  it('does not count a test that failed on one of two databases', () => {
    expect(problemsOf(requirements, [run('14 15'), run('14 15', false)])).toHaveLength(2);
  });

  it('names a mark of an unknown requirement, once', () => {
    const problems = problemsOf(requirements, [run('14 15 99'), run('14 15 99')]);
    expect(problems).toEqual([expect.stringMatching(/lib\/a\.test\.ts: .* names 99/)]);
  });

  it.each(['[%] first', 'last [%14]', 'last [% 14, 15]', 'last [% 14] '])('names the mark in %j', (title) => {
    const odd = { file: 'lib/b.test.ts', title: title.replace('%', 'SMART'), passed: true };
    expect(problemsOf(requirements, [run('14 15'), odd])).toEqual([
      expect.stringMatching(/must have its mark at the end/),
    ]);
  });
});

describe('test runs', () => {
  it('are read from the report of Vitest', () => {
    const assertionResults = [
      { ancestorTitles: ['a', 'b'], title: 'c', status: 'passed' },
      { ancestorTitles: [], title: 'd', status: 'skipped' },
      { ancestorTitles: [], title: 'e', status: 'failed' },
    ];
    const runs = runsOfVitest({ testResults: [{ name: '/here/lib/a.test.ts', assertionResults }] }, '/here');
    expect(runs).toEqual([
      { file: 'lib/a.test.ts', title: 'a > b > c', passed: true },
      { file: 'lib/a.test.ts', title: 'd', passed: false },
      { file: 'lib/a.test.ts', title: 'e', passed: false },
    ]);
    expect(runsOfVitestList([{ name: 'a > b > c', file: '/here/lib/a.test.ts' }], '/here')).toEqual([runs[0]]);
  });

  it('are read from the report of Playwright', () => {
    const spec = (title: string, status: string, expectedStatus = 'passed') => ({
      title,
      file: 'a.spec.ts',
      tests: [{ status, expectedStatus }],
    });
    const suites = [
      {
        title: 'a.spec.ts',
        specs: [spec('one', 'expected'), spec('two', 'flaky'), spec('three', 'skipped', 'skipped')],
        suites: [{ title: 'group', specs: [spec('four', 'unexpected'), spec('five', 'skipped')] }],
      },
    ];
    const report = { config: { rootDir: '/here/e2e' }, suites };
    const passed = (listed: boolean) =>
      runsOfPlaywright(report, listed, '/here')
        .filter((test) => test.passed)
        .map(({ file, title }) => `${file} ${title}`);
    expect(passed(false)).toEqual(['e2e/a.spec.ts one']);
    expect(passed(true)).toEqual(['e2e/a.spec.ts one', 'e2e/a.spec.ts group > five']);
  });
});

describe('the document', () => {
  it('has each requirement with its tests, each once and in order', () => {
    const other = { file: 'e2e/b.spec.ts', title: marked('a `b` > c_d', '14'), passed: true };
    const document = conformanceDocument(requirements, proofsOf([run('14'), other, run('14'), run('15', false)]));
    expect(document).toContain(
      [
        '- **14** [SHALL](https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#pkce) S256 works.',
        '  - [a \\`b\\` › c\\_d](../e2e/b.spec.ts)',
        '  - [one](../lib/a.test.ts)',
        '- **15** [SHALL NOT](https://hl7.org/fhir/smart-app-launch/STU2.2/app-launch.html#pkce) plain is refused.',
        '  - no test',
      ].join('\n'),
    );
  });

  it('counts the cases of a long table', () => {
    const cases = [1, 2, 3, 4, 5].map((n) => ({
      file: 'lib/a.test.ts',
      title: marked(`case ${n}`, '14'),
      passed: true,
    }));
    const document = conformanceDocument(requirements, proofsOf(cases));
    expect(document).toContain('case 3');
    expect(document).not.toContain('case 4');
    expect(document).toContain('and 2 more in [a.test.ts](../lib/a.test.ts)');
  });
});

describe('the list', () => {
  it('is read line by line', () => {
    const text = 'id\tlevel\tsection\trequirement\n14\tSHALL\tapp-launch.html#pkce\tS256 works.\n';
    expect(parseRequirements(text)).toEqual([requirements[0]]);
  });

  it.each([
    ['', /first line/],
    ['id\tlevel\tsection\trequirement\n14\tCOULD\ta\tb', /Line 2/],
    ['id\tlevel\tsection\trequirement\nx\tSHALL\ta\tb', /Line 2/],
    ['id\tlevel\tsection\trequirement\n14\tSHALL\ta\t', /Line 2/],
    ['id\tlevel\tsection\trequirement\n14\tSHALL\ta\tb\tc', /Line 2/],
    ['id\tlevel\tsection\trequirement\n14\tSHALL\ta\tb\n14\tSHALL\ta\tb', /14 stands in the list twice/],
  ])('%j is refused', (text, problem) => {
    expect(() => parseRequirements(text)).toThrow(problem);
  });
});
