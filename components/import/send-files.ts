import { type ChosenFile, type FilePart, partsOf } from './file-parts.ts';
import { digestOf, type ImportRequests, type PartAnswer } from './import-requests.ts';

/** A part of a file, with the result of sending it. */
export interface SentPart extends PartAnswer {
  file: string;
  bytes: number;
  last: boolean;
}

/** The controls of a sender: pausing, stopping, and the callback for progress. */
export interface Sending {
  job: string;
  signal: AbortSignal;
  /** Resolves at once, or after a pause when the user continues. */
  whenGoing(): Promise<void>;
  onPart(part: SentPart): void;
}

/** How many parts one request asks about, all of which are held in memory. */
const askedAtOnce = 8;

/**
 * Sends files in order, one part at a time, and skips parts that the sandbox has already imported.
 * @throws Error when the server refuses to continue or cannot be reached.
 */
export async function sendFiles(files: ChosenFile[], requests: ImportRequests, sending: Sending): Promise<void> {
  let batch: FilePart[] = [];
  for await (const part of readableParts(files, sending)) {
    batch.push(part);
    if (batch.length < askedAtOnce) continue;
    await sendBatch(batch, requests, sending);
    batch = [];
  }
  await sendBatch(batch, requests, sending);
}

/** The parts of all files; a file that cannot be read is reported, and the others continue. */
async function* readableParts(files: ChosenFile[], { onPart }: Sending): AsyncGenerator<FilePart> {
  for (const file of files) {
    try {
      yield* partsOf(file);
    } catch (error) {
      onPart(unreadable(file, error as Error));
    }
  }
}

async function sendBatch(parts: FilePart[], requests: ImportRequests, sending: Sending): Promise<void> {
  const known = await knownOf(parts, requests, sending);
  for (const part of parts) {
    await sending.whenGoing();
    sending.signal.throwIfAborted();
    const answer = known.has(part) ? passedOver : await requests.send(sending.job, part, sending.signal);
    sending.onPart({ ...answer, file: part.name, bytes: part.bytes, last: part.last });
  }
}

const passedOver: PartAnswer = { skipped: true, created: 0, updated: 0, unchanged: 0, problems: [] };

async function knownOf(parts: FilePart[], requests: ImportRequests, { job }: Sending): Promise<Set<FilePart>> {
  const digests = await Promise.all(parts.map(async (part) => ({ part, digest: await digestOf(part.data) })));
  const asked = digests.flatMap(({ part, digest }) => (digest ? { part, digest } : []));
  if (asked.length === 0) return new Set();
  const known = await requests.known(job, asked);
  return new Set(asked.filter(({ digest }) => known.has(digest)).map(({ part }) => part));
}

function unreadable({ name, file }: ChosenFile, { message }: Error): SentPart {
  const reason = /^(has|is) /.test(message) ? message : `cannot be read: ${message}`;
  return {
    ...passedOver,
    skipped: false,
    problems: [{ file: name, path: '$', reason }],
    file: name,
    bytes: file.size,
    last: true,
  };
}
