import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lockfile } from '#scripts/install/lockfile.mjs';

/** A package that is part of what is served, with what its makers say about its use. */
export interface ThirdParty {
  name: string;
  version: string;
  license: string;
  /** The lines of its licence that name the holders of rights. */
  copyright: string[];
}

const sources = '{app,components,lib,prisma/seed}/**/*.{ts,tsx,css}';

/** The packages that the sources of the server and its pages import; the build may bundle those for development. */
function importedPackages(): Set<string> {
  const files = globSync(sources).filter((file) => !/\.test\.tsx?$|\/tests\/|^lib\/conformance\//.test(file));
  const named = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:from |import |import\()'([^'.#][^']*)'|@import '([^'.]+)'/g)].map(
      ([, one, other]) => one ?? other ?? '',
    ),
  );
  return new Set(
    named.map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  );
}

/** The packages of the production tree and of the build, in the order of their names. */
export function thirdParties(lock: Lockfile): ThirdParty[] {
  const packages = lock.packages ?? {};
  const { dependencies = {}, devDependencies = {} } = packages[''] ?? {};
  const imported = importedPackages();
  const wanted = [...Object.keys(dependencies), ...Object.keys(devDependencies).filter((name) => imported.has(name))];
  const found = new Set<string>();
  const waiting = wanted.map((name) => `node_modules/${name}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    for (const name of Object.keys(packages[path]?.dependencies ?? {})) waiting.push(placeOf(name, path, packages));
  }
  const all = [...found].map((path) => toThirdParty(path, packages));
  return all.sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** Where Node finds the package `name` that the package at `from` asks for. */
function placeOf(name: string, from: string, packages: NonNullable<Lockfile['packages']>): string {
  const inside = `${from}/node_modules/${name}`;
  if (packages[inside] || from === '') return inside;
  const above = from.lastIndexOf('/node_modules/');
  return above < 0 ? `node_modules/${name}` : placeOf(name, from.slice(0, above), packages);
}

function toThirdParty(path: string, packages: NonNullable<Lockfile['packages']>): ThirdParty {
  const { version = '', license } = packages[path] ?? {};
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const file = licenceFile(path);
  // Old packages say it only by the name of the file, such as LICENSE-MIT.txt.
  const [, inName] = /-(\w+)/.exec(file ?? '') ?? [];
  return { name, version, license: license ?? inName ?? 'see its package', copyright: copyrightOf(path, file) };
}

function licenceFile(path: string): string | undefined {
  if (!existsSync(path)) throw new Error(`${path} is not installed: run npm install, and then this again.`);
  const names = readdirSync(path).sort();
  return names.find((name) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(name) && !/\.(js|ts)$/.test(name));
}

function copyrightOf(path: string, file: string | undefined): string[] {
  const lines = file ? readFileSync(join(path, file), 'utf8').split('\n') : [];
  const claims = lines.map((line) => line.replaceAll(/[#*>/]/g, '').trim()).filter((line) => isClaim(line));
  return [...new Set(claims)].slice(0, 5);
}

function isClaim(line: string): boolean {
  return /^(copyright )?(\(c\)|©|copyright)\s.*(\d{4}|contributors|authors)/i.test(line) && line.length < 200;
}
