import { inTransaction } from '#lib/data/database/transaction.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { inTurns } from '#lib/work/in-turns.ts';
import { applyChanges } from '../changes/apply-changes.ts';
import type { Change, Changed } from '../changes/change.ts';
import { isWriting, readChange } from '../changes/read-change.ts';
import { RefusedChange } from '../changes/refused-change.ts';
import type { WritingInteraction } from '../request/interaction.ts';
import { preferredReturn } from '../request/prefer.ts';
import { AnswerLength, requireClient } from './answer-length.ts';
import type { BundleContext } from './bundle-context.ts';
import { type Entry, readEntry } from './bundle-entry.ts';
import { entryOfAnswer, entryOfChange } from './entry-answer.ts';
import { entryError } from './entry-error.ts';
import { patchOf, requestOf } from './entry-request.ts';
import { linkerOf } from './linker.ts';
import { isReading } from './reading.ts';

type WritingEntry = Entry & { interaction: WritingInteraction };

/**
 * Does everything that the entries ask for, or nothing: deletions first, then creates, updates and patches, then reads,
 * which see what was written. The entries of the answer are JSON text, in the order of the request.
 * @throws FhirError that names the first entry that cannot be done.
 * @see https://hl7.org/fhir/R4/http.html#trules
 */
export async function answerTransaction(context: BundleContext, sent: unknown[]): Promise<string[]> {
  const { caller, prefer } = context;
  const base = fhirBaseOf(caller.sandbox.slug);
  const entries = sent.map((entry, index) => readEntry(entry, index, base));
  const writing = entries.filter((entry): entry is WritingEntry => isWriting(entry.interaction));
  const reading = entries.filter((entry) => !isWriting(entry.interaction));
  for (const entry of reading) requireReading(entry);
  const changes = await readChanges(context, writing);
  const linker = linkerOf(writing, caller.permission, base);
  const texts: string[] = [];
  await inTransaction(async () => {
    const writer = { sandboxId: caller.sandboxId, permission: caller.permission, now: new Date(), base };
    const changed = await applyChanges(writer, changes, linker).catch((thrown) => refuse(writing, thrown));
    for (const [at, { index }] of writing.entries()) {
      texts[index] = entryOfChange(base, changed[at] as Changed, preferredReturn(prefer));
    }
    const length = new AnswerLength();
    for await (const entry of inTurns(reading))
      texts[entry.index] = length.add(await answerReading(context, entry, length));
  });
  return texts;
}

async function readChanges({ caller }: BundleContext, writing: WritingEntry[]): Promise<Change[]> {
  const changes: Change[] = [];
  for await (const { index, interaction, url, headers, resource } of inTurns(writing)) {
    const request = {
      query: url.search,
      ifMatch: headers['if-match'] ?? null,
      ifNoneExist: headers['if-none-exist'] ?? null,
      body: async (kind: 'resource' | 'patch') => (kind === 'patch' ? patchOf(resource) : resource),
    };
    changes.push(
      await readChange(caller, interaction, request).catch((thrown) => {
        throw entryError(index, thrown);
      }),
    );
  }
  return changes;
}

function requireReading({ index, method, interaction }: Entry): void {
  if (isReading(method, interaction)) return;
  const name = interaction.kind === 'operation' ? interaction.operation.name : interaction.kind;
  throw entryError(index, new FhirError(400, 'not-supported', `A transaction cannot do this: ${method} ${name}.`));
}

/** Answers an entry that reads. If it fails, so does the transaction. */
async function answerReading(
  { caller, perform, prefer }: BundleContext,
  entry: Entry,
  length: AnswerLength,
): Promise<string> {
  try {
    requireClient();
    length.requireRoom();
    const answer = await perform(requestOf(entry, prefer), caller, entry.interaction);
    return await entryOfAnswer(entry.method === 'HEAD' ? new Response(null, answer) : answer);
  } catch (thrown) {
    throw entryError(entry.index, thrown);
  }
}

function refuse(writing: Entry[], thrown: unknown): never {
  const refused = thrown instanceof RefusedChange ? writing[thrown.index] : undefined;
  throw refused && thrown instanceof RefusedChange ? entryError(refused.index, thrown.reason) : thrown;
}
