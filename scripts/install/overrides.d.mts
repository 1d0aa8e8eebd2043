import type { Lockfile, Manifest } from './lockfile.mjs';

/** By the name of a package: what stands in its place, or the overrides below it. */
interface Overrides {
  [name: string]: string | Overrides;
}

export function overrideIssues(manifest: Manifest & { overrides?: Overrides }, lock: Lockfile): string[];
