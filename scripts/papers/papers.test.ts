/** What the papers of this project say, held against the project. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operations } from '#lib/resource-server/operation/operations.ts';
import { readSandboxText } from '#lib/sandbox-file/read-sandbox-file.ts';
import { metrics } from '#lib/telemetry/metrics.ts';
import { unknownCommands } from '#scripts/papers/commands.ts';
import { indexIssues } from '#scripts/papers/decisions.ts';
import { fieldsWithoutRow } from '#scripts/papers/field-rows.ts';
import { brokenLinks } from '#scripts/papers/links.ts';
import { unknownNames, wordsOf } from '#scripts/papers/names.ts';
import { unknownPages } from '#scripts/papers/pages-named.ts';
import { codeSpansOf, readPapers } from '#scripts/papers/papers.ts';
import { foldersOf, missingPaths, treePathsOf } from '#scripts/papers/paths.ts';
import { sandboxExamplesOf } from '#scripts/papers/sandbox-examples.ts';
import { settingsListed, settingsNamed, settingsRead } from '#scripts/papers/settings.ts';

const papers = readPapers();
const rooms = '{app,components,lib,prisma,scripts,e2e,docs,public,.ci}/**/*';
const files = globSync([rooms, '*', '.dependency-cruiser.mjs'], {
  withFileTypes: true,
  exclude: ['prisma/generated', 'node_modules'],
})
  .filter((entry) => entry.isFile())
  .map((entry) => relative('.', join(entry.parentPath, entry.name)));
const known = new Set([...files, ...foldersOf(files)]);
const paper = (file: string) => {
  const found = papers.find((one) => one.file === file);
  if (!found) throw new Error(`There is no ${file}.`);
  return found;
};
const read = (path: string) => readFileSync(path, 'utf8');
const isSource = (path: string) => /\.(?:tsx?|mjs|prisma|sql|json)$/.test(path) && !/^scripts\/papers|lock/.test(path);
/** Of the papers' names, those that others gave: FHIR's definitions, and files of Synthea. */
const othersNames = ['mustSupport', 'hospitalInformation', 'practitionerInformation'];
const words = new Set([...wordsOf(files.filter(isSource).map(read)), ...othersNames]);

it('are found, and the files they speak of', () => {
  expect(papers.length).toBeGreaterThan(45);
  expect(files.length).toBeGreaterThan(1000);
});

describe.each(papers)('$file', (one) => {
  it('names paths that exist', () => expect(missingPaths(one, files)).toEqual([]));
  it('links to files and headings that exist', () => expect(brokenLinks(one, papers, known)).toEqual([]));
  it('names functions, types and members that stand in our sources', () => {
    expect(unknownNames(one, words)).toEqual([]);
  });
  it('names pages that Administration has', () => {
    expect(unknownPages(one, read('app/[sandbox]/admin/page.tsx'))).toEqual([]);
  });
  it('names commands that can be run', () => expect(unknownCommands(one, commands())).toEqual([]));
  it('names settings that docs/operating.md explains', () => {
    const listed = settingsListed(paper('docs/operating.md'));
    expect([...settingsNamed(one)].filter((name) => !listed.has(name))).toEqual([]);
  });
});

function commands() {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const sources = Object.entries(scripts).map(([name, line]) => {
    const [, begun] = /scripts\/run\.mjs ([\w-]+)/.exec(line) ?? [];
    const [direct = ''] = line.match(/scripts\/[\w-]+\.ts/) ?? [];
    const source = begun ? `scripts/${begun}.ts` : direct;
    return [name, source ? read(source) : ''] as const;
  });
  return { scripts: new Map(sources), programs: new Set(readdirSync('node_modules/.bin')) };
}

it('README.md has 120 lines at most', () => {
  expect(paper('README.md').text.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
});

describe('sandbox files in the papers', () => {
  const examples = sandboxExamplesOf(papers);
  it('are found', () => expect(examples.length).toBeGreaterThanOrEqual(5));
  it.each(examples)('$name can be loaded', async ({ name, text }) => {
    expect(await readSandboxText(text, name, { origin: 'http://localhost:3000' })).not.toHaveProperty('problems');
  });
  it.each(examples)('$name names the schema where the server has it', ({ text }) => {
    const { $schema: schema } = JSON.parse(text);
    expect(files).toContain(schema.replace('http://localhost:3000/', 'public/'));
  });
});

it('docs/operating.md lists the settings that are read, and no others', () => {
  const sources = globSync(['lib/**/*.ts', 'app/**/*.ts', 'scripts/**/*.{ts,mjs}', '*.config.{ts,mjs}'])
    .filter((path) => !/\.test\.ts$|\/tests\/|^scripts\/papers\//.test(path))
    .map(read);
  const settings = settingsRead(sources);
  // Playwright tells each of its workers its number.
  settings.delete('TEST_PARALLEL_INDEX');
  expect([...settingsListed(paper('docs/operating.md'))].sort()).toEqual([...settings].sort());
});

it('docs/operating.md has a row for every metric, with its kind and labels, and no others', () => {
  const rows = [...paper('docs/operating.md').text.matchAll(/^\| `(ehr_\w+)` +\| (\w+) +\|.*\| ([^|]+?) +\|$/gm)];
  const told = rows.map(([, name, kind, labels]) => [name, kind, labels]);
  const own = Object.entries(metrics).map(([name, { kind, labels }]) => {
    return [name, kind, labels.map((label) => `\`${label}\``).join(', ') || '–'];
  });
  expect(told).toEqual(own);
});

it('docs/operating.md says what every line of the log means', () => {
  const sources = globSync(['{app,lib,scripts}/**/*.{ts,tsx}']).filter((path) => !/\.test\.ts$|\/tests\//.test(path));
  const messages = sources.flatMap((path) => {
    return [...read(path).matchAll(/\blog\.(?:error|warn|info)\(\s*'([^']+)'/g)].map(([, message]) => message);
  });
  const { text } = paper('docs/operating.md');
  expect(messages.length).toBeGreaterThan(20);
  expect(messages.filter((message) => !text.includes(`\n| \`${message}\` `))).toEqual([]);
});

it('docs/decisions/README.md has a line for each decision', () => {
  const names = readdirSync('docs/decisions').filter((name) => name !== 'README.md');
  const decisions = names.map((name) => ({ name, title: read(`docs/decisions/${name}`).split('\n')[0] ?? '' }));
  expect(decisions.length).toBeGreaterThanOrEqual(30);
  expect(indexIssues(paper('docs/decisions/README.md').text, decisions)).toEqual([]);
});

it.each(['docs/guide/what-is-there.md', 'docs/authorization.md'])('%s names every operation', (file) => {
  const code = codeSpansOf(paper(file)).join('\n');
  expect(operations.filter(({ name }) => !code.includes(`$${name}`))).toEqual([]);
});

it('docs/guide/register-an-app.md has a row for every field of a registration', () => {
  expect(fieldsWithoutRow(paper('docs/guide/register-an-app.md'))).toEqual([]);
});

it('docs/guide/README.md leads to every page of the guide', () => {
  const pages = readdirSync('docs/guide').filter((name) => name !== 'README.md');
  const { text } = paper('docs/guide/README.md');
  expect(pages.filter((name) => !text.includes(`](${name})`))).toEqual([]);
});

it('ARCHITECTURE.md draws every folder of the rooms that have folders', () => {
  const drawn = new Set(treePathsOf(paper('ARCHITECTURE.md')).map((path) => path.replace(/\/$/, '')));
  const folders = foldersOf(files).filter((folder) =>
    /^(?:lib\/[\w-]+|lib\/(?:data|fhir|smart|authorization-server|resource-server)\/[\w-]+|scripts\/[\w-]+)$/.test(
      folder,
    ),
  );
  expect(folders.length).toBeGreaterThan(45);
  expect(folders.filter((folder) => !folder.endsWith('/tests') && !drawn.has(folder))).toEqual([]);
});
