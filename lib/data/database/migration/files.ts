import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A migration as its file says it. */
export interface Migration {
  /** The name of its folder: when it was written, and what it does. */
  name: string;
  /** SQL, which is carried out in one transaction. */
  script: string;
  /** SHA-256 of the script, as Prisma keeps it. */
  checksum: string;
  /** Checksums under which it may have been noted: a checkout on Windows has other ends of lines. */
  checksums: string[];
  /** What it does to data that exist, if its file begins with a line `-- rewrites: …`. */
  rewrites: string | undefined;
}

const marker = /^-- rewrites: (.+)\n/;

/** The migrations of `folder`, oldest first. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map(({ name }) => readMigration(name, readFileSync(join(folder, name, 'migration.sql'), 'utf8')))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The line with the marker is no part of the script, so that a migration that databases have may get one. */
function readMigration(name: string, text: string): Migration {
  const lines = text.replaceAll('\r\n', '\n');
  const [, rewrites] = marker.exec(lines) ?? [];
  const script = lines.replace(marker, '');
  const checksum = checksumOf(script);
  return { name, script, checksum, checksums: [checksum, checksumOf(script.replaceAll('\n', '\r\n'))], rewrites };
}

function checksumOf(script: string): string {
  return createHash('sha256').update(script).digest('hex');
}
