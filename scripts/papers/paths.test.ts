import { expect, it } from 'vitest';
import { missingPaths, treePathsOf } from '#scripts/papers/paths.ts';

const files = [
  'README.md',
  'lib/env.ts',
  'lib/smart/scope/scope.ts',
  'app/[sandbox]/(workspace)/page.tsx',
  'docs/a.md',
];
const missing = (text: string) => missingPaths({ file: 'docs/a.md', text }, files);

it.each([
  ['a file', '`lib/env.ts`'],
  ['a folder', '`lib/smart/`'],
  ['the last part of a path', '`scope/scope.ts`'],
  ['a path with brackets', 'see `app/[sandbox]/(workspace)/page.tsx`'],
  ['a bracket around a path', '```\n(lib/env.ts) is read\n```'],
  ['a pattern', '`lib/smart/*/scope.ts` and `{app,lib}/env.ts`'],
  ['a command', '```sh\nnpx vitest run lib/smart/scope/scope.ts\n```'],
  ['a shorthand', '`S/` is `lib/smart/`. See `S/scope/scope.ts`.'],
  ['a package', '`@prisma/client`'],
  ['an address', '`https://a.example/lib/none.ts`'],
  ['a place of somebody else', '`~/synthea/none.json`, `my-hospital.json`'],
  ['a placeholder', '`components/<noun>/`'],
  ['JSON', '```json\n"lib/none.ts"\n```'],
])('%s is not missing', (_, text) => expect(missing(text)).toEqual([]));

it.each([
  ['a file that is gone', '`lib/none.ts`', 'lib/none.ts'],
  ['a folder that is gone', '`lib/none/`', 'lib/none/'],
  ['half a name', '`pe/scope.ts`', 'pe/scope.ts'],
  ['a name that is gone', '`none.ts`', 'none.ts'],
  ['a pattern that nothing fits', '`lib/*.test.ts`', 'lib/*.test.ts'],
  ['a file in a command', '```sh\nnpx vitest run lib/none.test.ts\n```', 'lib/none.test.ts'],
  ['a file in a drawing', '```\nlib/none/ ──► data\n```', 'lib/none/'],
  ['a shorthand for what is not there', '`S/` is `lib/smart/`. See `S/none.ts`.', 'lib/smart/none.ts'],
  ['a folder of a tree', '```\nlib/           all\n  none/        nothing\n  smart/       rules\n```', 'lib/none/'],
])('%s is missing', (_, text, path) => expect(missing(text)).toEqual([path]));

it('reads a drawn tree below the folder at the margin', () => {
  const text =
    '```\nlib/                 all\n  smart/  fhir/      rules, and none/ of them\nscripts/  e2e/       more\n```';
  expect(treePathsOf({ file: 'a.md', text })).toEqual(['lib/', 'lib/smart/', 'lib/fhir/', 'scripts/', 'e2e/']);
});
