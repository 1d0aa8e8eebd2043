import { randomBytes } from 'node:crypto';
import { database } from './database.ts';

// A secret never changes once it is made, so each process reads it once per database. A transaction has another client
// and therefore its own entries: a secret that it makes may be rolled back with it.
const known = new WeakMap<object, Map<string, string>>();

/**
 * The secret called `name`, 256 random bits in base64url, made on first use. When several processes make it at the same
 * moment, all get the value of the one that came first.
 */
export async function findOrCreateSecret(name: string): Promise<string> {
  const secrets = known.get(database()) ?? new Map<string, string>();
  known.set(database(), secrets);
  const secret = secrets.get(name) ?? (await readOrCreate(name));
  secrets.set(name, secret);
  return secret;
}

async function readOrCreate(name: string): Promise<string> {
  const found = await database().secret.findUnique({ where: { name } });
  if (found) return found.value;
  await database().secret.createMany({
    data: [{ name, value: randomBytes(32).toString('base64url') }],
    skipDuplicates: true,
  });
  return (await database().secret.findUniqueOrThrow({ where: { name } })).value;
}
