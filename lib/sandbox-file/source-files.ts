import { accessSync, constants, globSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/** The sandbox file that names data files, and whether these may lie outside of its folder. */
export interface SourcePlace {
  sandboxFile: string;
  outside?: boolean | undefined;
}

/** Why the files that a source names cannot be used, and which of them, by a name for messages. */
export interface SourceFault {
  fault: 'absent' | 'outside' | 'unreadable';
  name: string;
}

/**
 * The files matching a path or glob relative to the sandbox file, sorted; or what is wrong with them. Unless it is
 * allowed, a path that leads out of the folder of the sandbox file is not even looked at, and a link that does is not
 * followed.
 */
export function findSourceFiles(
  pattern: string,
  { sandboxFile, outside = false }: SourcePlace,
): string[] | SourceFault {
  if (!outside && leadsOut(pattern)) return { fault: 'outside', name: pattern };
  const folder = dirname(resolve(sandboxFile));
  const paths = globSync(pattern, { cwd: folder })
    .map((path) => resolve(folder, path))
    .sort();
  if (paths.length === 0) return { fault: 'absent', name: pattern };
  for (const path of paths) {
    const fault = faultOf(path, outside ? undefined : folder);
    if (fault) return { fault, name: relative(process.cwd(), path) };
  }
  return paths;
}

/** The usable files of a source; empty when something is wrong with them. */
export function filesOf(pattern: string, place: SourcePlace): string[] {
  const found = findSourceFiles(pattern, place);
  return Array.isArray(found) ? found : [];
}

function leadsOut(pattern: string): boolean {
  return isAbsolute(pattern) || pattern.split(/[\\/]/).includes('..');
}

/** @param folder where the file must lie, once links are followed */
function faultOf(path: string, folder: string | undefined): SourceFault['fault'] | undefined {
  try {
    if (folder && !realpathSync(path).startsWith(withSeparator(realpathSync(folder)))) return 'outside';
    accessSync(path, constants.R_OK);
    return statSync(path).isFile() ? undefined : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
