import { setTimeout } from 'node:timers/promises';
import { busyOf, hasUnknownEnd, perhapsWritten } from './busy.ts';
import { isTransactionConflict } from './conflict.ts';
import { noteAnswer, noteTrouble } from './log.ts';
import { troubleOf } from './trouble.ts';

/** How many times a statement outside of transactions is sent that cannot have run. */
const maxTries = 4;

/** The longest first pause, in milliseconds; the limit doubles with each further one. */
const maxFirstPause = 25;

/** Who has waited for so long, in milliseconds, waits for no second time. */
const longWait = 2000;

/**
 * Sends a statement that is no part of a transaction. It is sent again, a few times, when it cannot have run, and once
 * when its connection broke and it only reads.
 * @throws FhirError 503 when the database is in trouble, which says so when it may have been written
 */
export async function sendSafely<T>(text: string, send: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const began = performance.now();
    try {
      return await answered(send);
    } catch (thrown) {
      if (!mayRunAgain(thrown, text, tries) || performance.now() - began > longWait)
        throw toldAs(thrown, !keepsNothing(text));
    }
    // A random pause, so that two statements that met do not meet again.
    await setTimeout(Math.random() * maxFirstPause * 2 ** tries);
  }
}

/**
 * Sends a statement of a transaction, or one that begins or ends it.
 * @throws FhirError 503 when the database is in trouble; what another transaction has ended is thrown as it is, as it is
 * run again from its beginning
 */
export async function sendOnce<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await answered(send);
  } catch (thrown) {
    throw isTransactionConflict(thrown) ? thrown : toldAs(thrown);
  }
}

async function answered<T>(send: () => Promise<T>): Promise<T> {
  const answer = await send();
  noteAnswer();
  return answer;
}

function toldAs(thrown: unknown, isWrite = false): unknown {
  const busy = busyOf(thrown);
  if (busy) noteTrouble(thrown);
  if (busy && isWrite && hasUnknownEnd(thrown)) return perhapsWritten(thrown);
  return busy ?? thrown;
}

/** Whether nothing stays of a statement when its connection breaks. */
function keepsNothing(text: string): boolean {
  return text === 'BEGIN' || isReading(text);
}

function mayRunAgain(thrown: unknown, text: string, tries: number): boolean {
  if (isTransactionConflict(thrown)) return tries < maxTries;
  const trouble = troubleOf(thrown);
  if (trouble === 'unreachable') return tries < 2;
  return trouble === 'lost' && isReading(text) && tries < 2;
}

/** Whether a statement changes nothing, as far as its text tells: rather no than a wrong yes. */
function isReading(text: string): boolean {
  return (
    /^\s*(SELECT|WITH)\b/i.test(text) &&
    !/\b(INSERT|UPDATE|DELETE|MERGE|nextval|setval|set_config|pg_\w*lock\w*)\b/i.test(text)
  );
}
