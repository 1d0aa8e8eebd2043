import { hashClientSecret, matchesClientSecret } from '../client/secrets.ts';
import { database } from '../database/database.ts';
import { withPasswordHash } from '../member/defined-users.ts';
import type { HashedClient, HashedDefinition, SandboxDefinition } from './sandbox-definitions.ts';

/**
 * Hashes the passwords and client secrets of a definition, one after another; unchanged ones keep their hashes. Hundreds
 * of users take a minute, in which other people's hashes have their turns.
 * @throws Error inside a transaction
 */
export async function withHashes({ users, clients, ...definition }: SandboxDefinition): Promise<HashedDefinition> {
  const hashed: HashedDefinition = { ...definition, users: [], clients: [] };
  for (const user of users) hashed.users.push(await withPasswordHash(user));
  for (const client of clients) hashed.clients.push(await withSecretHash(definition.slug, client));
  return hashed;
}

/**
 * Replaces the secret of a defined app by its hash; one that the app has already keeps its hash.
 * @throws Error inside a transaction
 */
export async function withSecretHash(
  slug: string,
  { clientSecret, ...client }: SandboxDefinition['clients'][number],
): Promise<HashedClient> {
  if (!clientSecret) return { ...client, clientSecretHash: null };
  const where = { sandbox: { slug }, clientId: client.clientId };
  const stored = await database().client.findFirst({ where, select: { clientSecretHash: true } });
  const current = stored?.clientSecretHash;
  const unchanged = current && (await matchesClientSecret(clientSecret, current, 'definition'));
  return { ...client, clientSecretHash: unchanged ? current : await hashClientSecret(clientSecret, 'definition') };
}
