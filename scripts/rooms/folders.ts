import { dirname } from 'node:path';

/** A source file and the source files that it imports, as paths from the root of the project. */
export interface Source {
  path: string;
  imports: string[];
}

/** A folder with more sources than this has rooms in it that nobody built. */
export const maxSources = 25;

/** Whether a file is a test, or stands in a folder of tests: these may reach anywhere. */
function isTest(path: string): boolean {
  return /\.(test|spec)\.tsx?$|(^|\/)tests\/|^e2e\//.test(path);
}

/** Folders with more than `maxSources` sources, tests aside, each with the number it holds. */
export function crowdedFolders(sources: Source[]): { folder: string; count: number }[] {
  const byFolder = Map.groupBy(withoutTests(sources), ({ path }) => dirname(path));
  const counts = [...byFolder].map(([folder, { length }]) => ({ folder, count: length }));
  return counts.filter(({ count }) => count > maxSources);
}

/**
 * One path of folders for each group of folders that import each other in circles, beginning and ending with the same
 * folder. Only what a folder holds itself counts for it, not what its subfolders hold.
 */
export function folderCircles(sources: Source[]): string[][] {
  const arrows = folderArrows(sources);
  const circles: string[][] = [];
  const seen = new Set<string>();
  for (const folder of arrows.keys()) {
    const circle = seen.has(folder) ? undefined : wayBack(arrows, folder);
    if (!circle) continue;
    circles.push(circle);
    for (const one of circle) seen.add(one);
  }
  return circles;
}

/** Which folders each folder imports, itself aside. */
function folderArrows(sources: Source[]): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const { path, imports } of withoutTests(sources)) {
    const from = dirname(path);
    const targets = imports.filter((one) => !isTest(one)).map((one) => dirname(one));
    arrows.set(from, new Set([...(arrows.get(from) ?? []), ...targets.filter((to) => to !== from)]));
  }
  return arrows;
}

/** The shortest way along the arrows from a folder to itself. */
function wayBack(arrows: Map<string, Set<string>>, start: string): string[] | undefined {
  const ways = [[start]];
  const visited = new Set<string>();
  for (const way of ways) {
    const nexts = [...(arrows.get(way.at(-1) ?? '') ?? [])].filter((next) => !visited.has(next));
    if (nexts.includes(start)) return [...way, start];
    for (const next of nexts) visited.add(next);
    ways.push(...nexts.map((next) => [...way, next]));
  }
  return undefined;
}

function withoutTests(sources: Source[]): Source[] {
  return sources.filter(({ path }) => !isTest(path));
}
