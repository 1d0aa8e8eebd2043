import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { holdsLines, maxFileLength, maxLineLength, partLength } from '#lib/fhir/data-file.ts';
import type { Problem } from '#lib/sandbox-file/problem.ts';
import type { DataFile } from './data-files.ts';
import type { Part } from './part.ts';

/** Reads a data file part by part, so that memory does not grow with its size; an unreadable file yields a problem. */
export async function* readParts(file: DataFile): AsyncGenerator<Part | Problem> {
  try {
    yield* holdsLines(file.path) ? readLines(file) : readWhole(file);
  } catch (error) {
    yield { file: file.name, path: '$', reason: `cannot be read: ${(error as Error).message}` };
  }
}

/** Decompressed bytes, each chunk with the number of bytes of the file read so far. */
async function* bytesOf({ path }: DataFile): AsyncGenerator<{ chunk: Buffer; read: number }> {
  const source = createReadStream(path, { highWaterMark: 256 * 1024 });
  const gunzip = path.endsWith('.gz') ? createGunzip() : undefined;
  if (gunzip) source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  for await (const chunk of gunzip ?? source) yield { chunk, read: source.bytesRead };
}

async function* readWhole(file: DataFile): AsyncGenerator<Part | Problem> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const { chunk } of bytesOf(file)) {
    length += chunk.length;
    if (length > maxFileLength) return yield tooLong(file.name);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  yield { file: file.name, place: 'the whole file', text, lines: false, firstLine: 1, bytes: file.size };
}

function tooLong(file: string): Problem {
  const limit = maxFileLength / 1024 / 1024;
  const reason = `is longer than ${limit} MB as one JSON text; as NDJSON (one resource to a line) it can have any length`;
  return { file, path: '$', reason };
}

async function* readLines(file: DataFile): AsyncGenerator<Part | Problem> {
  let held = Buffer.alloc(0);
  let firstLine = 1;
  let counted = 0;
  const take = (end: number, read: number): Part => {
    const text = held.subarray(0, end).toString('utf8');
    held = held.subarray(end);
    const part = {
      file: file.name,
      place: `from line ${firstLine}`,
      text,
      lines: true,
      firstLine,
      bytes: read - counted,
    };
    firstLine += text.split('\n').length - 1;
    counted = read;
    return part;
  };
  for await (const { chunk, read } of bytesOf(file)) {
    held = Buffer.concat([held, chunk]);
    // Cuts depend on the text alone, not on how it arrived, so that a file always yields the same parts.
    for (let end = cutAt(held); end > 0; end = cutAt(held)) yield take(end, read);
    if (held.length > maxLineLength + partLength) {
      return yield { file: file.name, path: `from line ${firstLine}`, reason: 'has a line longer than 16 MB' };
    }
  }
  if (held.length > 0) yield take(held.length, file.size);
}

/** End of the first line that reaches the length of a part; 0 if there is none yet. */
function cutAt(held: Buffer): number {
  return held.length < partLength ? 0 : held.indexOf('\n', partLength - 1) + 1;
}
