import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { maxBodyLengthAt } from './max-body-length.ts';

/** The address that a file of `app` answers, with `x` in place of what is variable. */
function addressOf(file: string): string {
  const folders = file.split('/').slice(1, -1);
  const segments = folders.filter((name) => !/^(\(|\[\[\.\.\.)/.test(name));
  return `/${segments.map((name) => (name.startsWith('[') ? 'x' : name)).join('/')}`;
}

const pages = globSync('app/**/page.tsx').map(addressOf);
const handlers = globSync('app/**/route.ts')
  .filter((file) => /\bPOST\b/.test(readFileSync(file, 'utf8')))
  .map(addressOf);

it.each(pages)('the door reads what is sent to the page %s', (path) => {
  expect(maxBodyLengthAt(path)).toBeTypeOf('number');
});

it.each(handlers)('the handler of %s reads what it is sent itself', (path) => {
  expect(maxBodyLengthAt(path)).toBeUndefined();
});

it.each([
  '/demo/launch/refused',
  '/demo/launch/x',
  '/demo/oauth',
  '/demo/oauth/interaction/x',
  '/demo/oauth/%69nteraction/x',
  '/demo/launch%2Fpatients',
  '/demo/admin/import',
  '/demo/cds',
  '/demo/.well-known/x',
  '/demo/scenarios/x/launch/y',
  '/_services/x',
  '/api/auth',
  '/samples/cds-services/x/feedback/feedback',
])('the door reads what is sent to %s, where no handler is', (path) => {
  expect(maxBodyLengthAt(path)).toBeTypeOf('number');
});
