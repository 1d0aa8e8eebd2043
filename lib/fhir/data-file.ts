/**
 * Which files may hold FHIR data, in which order to import them, and how they are split; used by the server and in the
 * browser.
 */
const known = /\.(json|ndjson|jsonl)(\.gz)?$/i;

/** Synthea's files of hospitals and practitioners, which all its other files refer to by identifier. */
const shared = /^(hospital|practitioner)Information/i;

/** Whether a file with this name may hold FHIR data. */
export function isDataFile(name: string): boolean {
  return known.test(name);
}

/** Whether a file with this name is NDJSON: one resource or Bundle per line. */
export function holdsLines(name: string): boolean {
  return /\.(ndjson|jsonl)(\.gz)?$/i.test(name);
}

/** Sort key: hospitals before the practitioners who work there, both before patients. */
function rank(path: string): number {
  const [, what] = shared.exec(path.split(/[\\/]/).at(-1) ?? '') ?? [];
  if (!what) return 2;
  return what.toLowerCase() === 'hospital' ? 0 : 1;
}

/** Compares two file names by import order: files that others refer to first, then by name. */
export function inOrder(one: string, other: string): number {
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

const mebibyte = 1024 * 1024;

/**
 * Largest accepted file of a single JSON text, in bytes. Parsing takes about ten times that in memory; Synthea's
 * largest files are a third of it.
 */
export const maxFileLength = 32 * mebibyte;

/** NDJSON files are split into parts of about this many bytes, each ending after a complete line. */
export const partLength = 2 * mebibyte;

/** Longest accepted line of an NDJSON file, in bytes. */
export const maxLineLength = 16 * mebibyte;
