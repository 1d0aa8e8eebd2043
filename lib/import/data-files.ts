import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inOrder, isDataFile } from '#lib/fhir/data-file.ts';

export interface DataFile {
  path: string;
  /** Name for messages and the database: relative to the working directory. */
  name: string;
  size: number;
}

/**
 * Finds the data files at `paths`: files as given, and all `.json`, `.ndjson` and `.jsonl` files in folders, gzipped or
 * not. Files that others refer to come first, then by name.
 * @throws Error for a path that does not exist
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

/** Does not follow links, which may form circles or lead out of the folder. */
function filesInside(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => isDataFile(path) && lstatSync(path).isFile());
}
