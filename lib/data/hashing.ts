import { type ScryptOptions, scrypt } from 'node:crypto';
import { FhirError } from '#lib/fhir/fhir-error.ts';
import { FairQueue } from '#lib/work/fair-queue.ts';
import { requireNoTransaction } from '#lib/work/open-transaction.ts';

/**
 * Who waits for a hash: somebody signing in, an app proving its secret, an account being made, or the many users of a
 * sandbox file. They take turns.
 */
export type HashLane = 'sign-in' | 'client' | 'account' | 'definition';

const queue = new FairQueue({
  name: 'hashing',
  // Half of the threads that Node has for such work, which files and compression need too.
  maxAtOnce: 2,
  maxWaiting: 500,
  full: () =>
    new FhirError(503, 'throttled', 'Too many passwords are being checked. Try again.', { 'Retry-After': '5' }),
});

/** A salted secret, and how expensive the key derived from it is to be. */
interface Derivation {
  secret: string;
  salt: Buffer;
  length: number;
  options: ScryptOptions;
}

/**
 * Derives a key from a secret with scrypt, which is slow on purpose: a few at a time, in the turn of their lane.
 * @throws Error inside a transaction, FhirError 503 when too many wait.
 */
export async function deriveKey(lane: HashLane, { secret, salt, length, options }: Derivation): Promise<Buffer> {
  requireNoTransaction('Hashing');
  return queue.run(
    lane,
    () =>
      new Promise<Buffer>((resolve, reject) => {
        scrypt(secret, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
      }),
  );
}
