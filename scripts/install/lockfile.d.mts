export interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

export interface LockedPackage extends Manifest {
  name?: string;
  version?: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
  peer?: boolean;
  link?: boolean;
  inBundle?: boolean;
  bin?: Record<string, string>;
}

export interface Lockfile {
  packages?: Record<string, LockedPackage>;
}

export function lockIssues(manifest: Manifest, lock: Lockfile): string[];
export function treeIssues(lock: Lockfile, installed: Lockfile): string[];
export function unhashed(lock: Lockfile): string[];
