import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveKey, type HashLane } from '../hashing.ts';

/**
 * A setting that OWASP rates as strong as N = 2^17 with p = 1, but with less memory: 16 MiB and about 0.2 s for each
 * password.
 */
export const passwordCost = { N: 2 ** 14, r: 8, p: 5 };
const length = 32;

let cost = passwordCost;

/** Sets the cost of all further hashes. For tests, most of which only need an account to sign in with. @internal */
export function usePasswordCost(chosen: typeof passwordCost): void {
  cost = chosen;
}

/**
 * The salted scrypt hash of a password, with its cost: `$scrypt$ln=14,r=8,p=5$salt$hash`.
 * @see https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md
 */
export async function hashPassword(password: string, lane: HashLane = 'account'): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(lane, password, { salt, cost });
  const parameters = `ln=${Math.log2(cost.N)},r=${cost.r},p=${cost.p}`;
  return ['', 'scrypt', parameters, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Tells whether `stored` is the hash of `password`. Without a stored hash it takes as long and returns false. */
export async function matchesPassword(
  password: string,
  stored: string | undefined,
  lane: HashLane = 'sign-in',
): Promise<boolean> {
  const parsed = stored ? parseHash(stored) : undefined;
  const actual = await derive(lane, password, parsed ?? { salt: Buffer.alloc(16), cost });
  return timingSafeEqual(actual, parsed?.hash ?? Buffer.alloc(length)) && parsed !== undefined;
}

const format = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/;

function parseHash(stored: string) {
  const [, logN, r, p, salt, hash] = format.exec(stored) ?? [];
  if (!logN || !r || !p || !salt || !hash) throw new Error('A stored password hash cannot be read.');
  return {
    cost: { N: 2 ** Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
}

function derive(
  lane: HashLane,
  password: string,
  { salt, cost: { N, r, p } }: { salt: Buffer; cost: typeof cost },
): Promise<Buffer> {
  const options = { N, r, p, maxmem: 256 * N * r };
  return deriveKey(lane, { secret: password.normalize('NFKC'), salt, length, options });
}

/** Tells whether two files give the same password, in a time that does not tell how much of it is the same. */
export function isSamePassword(one: string, other: string): boolean {
  const digest = (password: string) => createHash('sha256').update(password).digest();
  return timingSafeEqual(digest(one), digest(other));
}
