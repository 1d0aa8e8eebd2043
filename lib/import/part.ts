import { createHash } from 'node:crypto';

/** What goes into the database as one: a whole data file, or some lines of a file of lines. */
export interface Part {
  /** The file as messages name it. */
  file: string;
  /** Which of its bytes, for people. */
  place: string;
  text: string;
  /** NDJSON: each line is a resource or a Bundle of its own. */
  lines: boolean;
  /** Number of its first line in the file. */
  firstLine: number;
  /** Bytes of the file that are done with this part, as the file system counts them. */
  bytes: number;
}

/** By which a part is known again, whatever its file is called by then. */
export function digestOf({ text }: Part): string {
  return createHash('sha256').update(text).digest('hex');
}
