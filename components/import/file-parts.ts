import { holdsLines, maxFileLength, maxLineLength, partLength } from '#lib/fhir/data-file.ts';

/** A chosen file, with its path inside the chosen folder. */
export interface ChosenFile {
  name: string;
  file: File;
}

const lineFeed = 10;

/** A piece of a file that one request carries. */
export interface FilePart {
  name: string;
  data: Uint8Array<ArrayBuffer>;
  lines: boolean;
  firstLine: number;
  /** How many bytes of the chosen file this part accounts for. */
  bytes: number;
  /** Whether it is the last part of the file. */
  last: boolean;
}

/**
 * Reads a chosen file in parts. They are cut where `npm run import` cuts them, so that each way of importing recognizes
 * the parts that the other has imported. Gzipped files are decompressed.
 * @throws Error in words for the person who chose the file.
 */
export async function* partsOf(chosen: ChosenFile): AsyncGenerator<FilePart> {
  const cutter = new Cutter(chosen);
  for await (const chunk of chunksOf(chosen)) yield* cutter.add(chunk);
  yield cutter.rest();
}

/** Collects the bytes of a file and cuts them into parts. */
class Cutter {
  readonly #name: string;
  readonly #lines: boolean;
  #held = new Uint8Array();
  #firstLine = 1;
  /** Bytes of the chosen file that no part accounts for yet. */
  #left: number;

  constructor({ name, file }: ChosenFile) {
    this.#name = name;
    this.#lines = holdsLines(name);
    this.#left = file.size;
  }

  /** Adds a chunk, and yields the parts that it completes. */
  *add(chunk: Uint8Array): Generator<FilePart> {
    this.#held = joined(this.#held, chunk);
    for (let end = this.#cutAt(); end > 0; end = this.#cutAt()) yield this.#take(end, Math.min(this.#left, end), false);
    if (this.#held.length > (this.#lines ? maxLineLength + partLength : maxFileLength))
      throw new Error(tooLong(this.#lines));
  }

  rest(): FilePart {
    return this.#take(this.#held.length, this.#left, true);
  }

  /**
   * The end of the first line that reaches the length of a part; 0 when there is none yet, or when the file is a single
   * JSON text.
   */
  #cutAt(): number {
    return !this.#lines || this.#held.length < partLength ? 0 : this.#held.indexOf(lineFeed, partLength - 1) + 1;
  }

  #take(end: number, bytes: number, last: boolean): FilePart {
    const data = this.#held.slice(0, end);
    const part = { name: this.#name, data, lines: this.#lines, firstLine: this.#firstLine, bytes, last };
    this.#held = this.#held.slice(end);
    this.#left -= bytes;
    if (this.#lines) this.#firstLine += countLines(data);
    return part;
  }
}

function tooLong(lines: boolean): string {
  return lines
    ? 'has a line longer than 16 MB'
    : 'is longer than 32 MB as one JSON text; as NDJSON (one resource to a line) it can have any length';
}

async function* chunksOf({ name, file }: ChosenFile): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const stream = /\.gz$/i.test(name) ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function countLines(data: Uint8Array): number {
  return data.reduce((count, byte) => count + (byte === lineFeed ? 1 : 0), 0);
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
