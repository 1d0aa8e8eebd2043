import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inOrder, isDataFile } from '#lib/fhir/data-file.ts';

export interface DataFile {
  path: string;
  /** As messages and the database name it: relative to where the command runs. */
  name: string;
  size: number;
}

/**
 * The data files that paths name: files as they are, and of folders all `.json`, `.ndjson` and `.jsonl` inside, gzipped
 * or not. Files that others refer to come first, the rest by name.
 * @throws Error for a path that leads nowhere.
 */
export function findDataFiles(paths: string[]): DataFile[] {
  const found = paths.flatMap((path) => (isFolder(path) ? filesInside(path) : [path]));
  return [...new Set(found)]
    .map((path) => ({ path, name: relative(process.cwd(), path) || path, size: statSync(path).size }))
    .sort((one, other) => inOrder(one.path, other.path));
}

function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new Error(`There is no ${path}.`);
  return found.isDirectory();
}

/** Links inside a folder are not followed: they may lead round in circles, and out of it. */
function filesInside(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => isDataFile(path) && lstatSync(path).isFile());
}
