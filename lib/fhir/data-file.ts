/** What is known of a data file by its name, and how large the pieces are that it is read in: here and in a browser. */
const known = /\.(json|ndjson|jsonl)(\.gz)?$/i;

/** Synthea names these by identifier from every other file. */
const shared = /^(hospital|practitioner)Information/i;

/** Whether a file of this name may hold FHIR data. */
export function isDataFile(name: string): boolean {
  return known.test(name);
}

/** Whether a file of this name holds one resource or Bundle to a line. */
export function holdsLines(name: string): boolean {
  return /\.(ndjson|jsonl)(\.gz)?$/i.test(name);
}

/** Hospitals before the practitioners who work there, both before patients. */
function rank(path: string): number {
  const [, what] = shared.exec(path.split(/[\\/]/).at(-1) ?? '') ?? [];
  if (!what) return 2;
  return what.toLowerCase() === 'hospital' ? 0 : 1;
}

/** The order in which files go in: those that others refer to first, the rest by name. */
export function inOrder(one: string, other: string): number {
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}

const mebibyte = 1024 * 1024;

/** A file that is one JSON text must fit into memory some ten times over; Synthea's largest are a third of this. */
export const longestFile = 32 * mebibyte;

/** Files of lines are taken in parts of about this many bytes, cut after a line. */
export const partLength = 2 * mebibyte;

/** No line is longer than this. */
export const longestLine = 16 * mebibyte;
