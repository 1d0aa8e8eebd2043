import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const everywhere = '{app,components,lib,prisma,scripts}/**/*';
const patience = { testTimeout: 60_000, hookTimeout: 120_000 };

/** What Next does around our pages and actions: it has a request, keeps pages, and lets a page refuse who asks. */
const insteadOfNext = {
  alias: {
    'next/headers': resolve('app/[sandbox]/tests/next-headers.ts'),
    'next/cache': resolve('app/[sandbox]/tests/next-cache.ts'),
  },
  env: { __NEXT_EXPERIMENTAL_AUTH_INTERRUPTS: 'true' },
};

/** Files that replace modules, or the environment before it is read, would change what the files after them see. */
const replacing = /\bvi\.mock\(|\bprocess\.env\.\w+ = /;

/**
 * Test files share what their worker has loaded, which is half of their time; those that replace something are found
 * by their text, and each has a process of its own.
 */
function projects(name: string, { include, exclude = [], ...options }: Options) {
  const isolated = globSync(include, { exclude }).filter((file) => replacing.test(readFileSync(file, 'utf8')));
  const test = { ...patience, ...insteadOfNext, ...options };
  return [
    { test: { ...test, name, include: [include], exclude: [...exclude, ...isolated.map(literally)], isolate: false } },
    { test: { ...test, name: `${name}-isolated`, include: isolated.map(literally) } },
  ];
}

interface Options {
  include: string;
  exclude?: string[];
  globalSetup: string[];
  setupFiles: string[];
}

/** Folders of routes have brackets in their names, which mean something else in a pattern. */
function literally(path: string): string {
  return path.replaceAll(/[[\](){}]/g, '\\$&');
}

/** Database tests (`*.db.test.ts`) run twice: on the embedded database, and on a real PostgreSQL server. */
function onDatabase(name: 'pglite' | 'postgres') {
  return projects(name, {
    include: `${everywhere}.db.test.{ts,tsx}`,
    globalSetup: ['scripts/prepare-tests.ts', `scripts/database-tests/${name}.ts`],
    setupFiles: ['scripts/database-tests/connect.ts'],
  });
}

const unit = projects('unit', {
  include: `${everywhere}.test.{ts,tsx}`,
  exclude: ['**/*.db.test.*', '**/node_modules/**'],
  globalSetup: ['scripts/prepare-tests.ts'],
  setupFiles: [],
});

export default defineConfig({
  test: { maxWorkers: 3, projects: [...unit, ...onDatabase('pglite'), ...onDatabase('postgres')] },
});
