import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A file under app/ that answers requests, by its path, with the functions that it exports. */
export interface Entrance {
  file: string;
  exports: Record<string, (...args: never[]) => unknown>;
}

type Kind = 'route' | 'page' | 'actions';

/** All routes, pages or files of server actions on disk, so that a new one is found without being listed. */
export async function findEntrances(kind: Kind): Promise<Entrance[]> {
  const all = readdirSync('app', { recursive: true, encoding: 'utf8' }).map((path) => join('app', path));
  const files = all.filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.') && is(kind, file));
  return Promise.all(files.sort().map(async (file) => ({ file, exports: await import(resolve(file)) })));
}

function is(kind: Kind, file: string): boolean {
  if (kind === 'actions') return /^\s*'use server'/.test(readFileSync(file, 'utf8'));
  return new RegExp(`/${kind}\\.tsx?$`).test(file);
}

/** The names of the dynamic segments of a route or page: `app/[sandbox]/admin/apps/[clientId]` has two. */
export function segmentsOf(file: string): { name: string; many: boolean }[] {
  return [...file.matchAll(/\[+(\.\.\.)?(\w+)\]+/g)].map(([, many, name = '']) => ({ name, many: many !== undefined }));
}

/** Values for the dynamic segments of a route or page: `known` ones by their name, and `other` for the rest. */
export function valuesOf(
  file: string,
  known: Record<string, string>,
  other: string,
): Record<string, string | string[]> {
  return Object.fromEntries(
    segmentsOf(file).map(({ name, many }) => {
      const value = known[name] ?? other;
      return [name, many ? [value] : value];
    }),
  );
}
