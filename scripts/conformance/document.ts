import type { Proof } from './proofs.ts';
import type { Requirement } from './requirements.ts';

const guide = 'https://hl7.org/fhir/smart-app-launch/STU2.2';

/** Pages of the guide, in order of the requirement ids. */
const pages: Record<string, string> = {
  'app-launch': 'App launch',
  'scopes-and-launch-context': 'Scopes and launch context',
  'backend-services': 'Backend services',
  'token-introspection': 'Token introspection',
  'client-confidential-asymmetric': 'Clients with keys',
  'client-confidential-symmetric': 'Clients with a secret',
  conformance: 'Discovery and capabilities',
  brands: 'User-access brands',
};

/** At most this many tests are listed per file: the cases of a table prove one idea. */
const maxOfOneFile = 4;

const introduction = `# Conformance to SMART App Launch 2.2

Every SHALL and SHALL NOT that the [guide](${guide}/) lays on a server, and some of what it recommends or allows, by number,
in our own words, with the tests that prove it. \`npm run conformance\` writes this file from the marks in the titles of the
tests, such as \`[SMART 14 15]\`, and from [requirements.tsv](conformance/requirements.tsv). \`npm test\` fails when a
requirement has no test that passed, when a mark names no requirement, and when this file is not what the tests say.`;

/** The contents of `docs/conformance.md`, which do not depend on when or where it is written. */
export function conformanceDocument(requirements: Requirement[], proofs: Map<number, Proof[]>): string {
  const byPage = [...Map.groupBy(requirements, ({ section }) => section.split('.')[0] ?? '')];
  const chapters = byPage.map(([page, list]) => {
    const lines = list.map((requirement) => entry(requirement, proofs.get(requirement.id) ?? []));
    return `## ${pages[page] ?? page}\n\n${lines.join('\n')}`;
  });
  return `${[introduction, ...chapters].join('\n\n')}\n`;
}

function entry({ id, level, section, text }: Requirement, proofs: Proof[]): string {
  const tests = [...Map.groupBy(proofs, ({ file }) => file)].flatMap(([file, found]) => testsOfFile(file, found));
  const shown = tests.length > 0 ? tests : ['no test'];
  return [`- **${id}** [${level}](${guide}/${section}) ${text}`, ...shown.map((test) => `  - ${test}`)].join('\n');
}

function testsOfFile(file: string, proofs: Proof[]): string[] {
  const shown = proofs.slice(0, proofs.length > maxOfOneFile ? maxOfOneFile - 1 : maxOfOneFile);
  const more = proofs.length - shown.length;
  return [
    ...shown.map(({ title }) => `[${asMarkdown(title)}](../${file})`),
    ...(more > 0 ? [`and ${more} more in [${asMarkdown(file.split('/').at(-1) ?? '')}](../${file})`] : []),
  ];
}

function asMarkdown(title: string): string {
  return title.replaceAll(' > ', ' › ').replace(/[\\`*_[\]<>|#]/g, '\\$&');
}
