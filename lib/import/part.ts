import { createHash } from 'node:crypto';

/** The unit of an import, written in one transaction: a whole JSON file, or some lines of an NDJSON file. */
export interface Part {
  /** Name of the file, for messages. */
  file: string;
  /** Which part of the file it is, for messages. */
  place: string;
  text: string;
  /** Whether the part is NDJSON, each line a resource or Bundle of its own. */
  lines: boolean;
  /** Line number of its first line in the file. */
  firstLine: number;
  /** Size on disk of this part, to report progress in bytes of the file. */
  bytes: number;
}

/** Identifies a part by its contents, so that it is recognised even if its file is renamed. */
export function digestOf({ text }: Part): string {
  return createHash('sha256').update(text).digest('hex');
}
