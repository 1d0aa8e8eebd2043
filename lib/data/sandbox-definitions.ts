import type { ClientRegistration } from '#lib/smart/client-registration.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { hashClientSecret, matchesClientSecret } from './client-secrets.ts';
import { database } from './database.ts';
import { hashPassword, matchesPassword } from './passwords.ts';
import type { Role } from './role.ts';

/** A sandbox as its file describes it, without its data. */
export interface SandboxDefinition {
  slug: string;
  name: string;
  users: { username: string; name: string; password: string; role: Role; fhirUser?: string | undefined }[];
  clients: (ClientRegistration & { clientId: string; clientSecret?: string | undefined })[];
}

/** A user of the definition whose name already belongs to somebody of another sandbox. */
export interface UserConflict {
  index: number;
  reason: string;
}

type Transaction = Prisma.TransactionClient;

/**
 * Users of the definition that cannot be applied: a user name is one person at this origin, so a second sandbox may
 * name a person of another one only by giving the same password.
 */
export async function findUserConflicts({ slug, users }: SandboxDefinition): Promise<UserConflict[]> {
  const conflicts = await Promise.all(
    users.map(async ({ username, password }, index) => {
      const elsewhere = await database().user.findFirst({
        where: { username, memberships: { some: { sandbox: { slug: { not: slug } } } } },
        select: { passwordHash: true },
      });
      if (!elsewhere || (await matchesPassword(password, elsewhere.passwordHash))) return [];
      return [{ index, reason: `${username} is a user of another sandbox here, with another password` }];
    }),
  );
  return conflicts.flat();
}

/**
 * Writes the sandbox, its users and its clients, all or none; what exists is brought in line with the definition, and
 * what the definition does not name stays.
 * @returns the sandbox's id.
 */
export async function applySandboxDefinition(definition: SandboxDefinition): Promise<number> {
  const { slug, name } = definition;
  const users = await Promise.all(definition.users.map(withPasswordHash));
  const clients = await Promise.all(definition.clients.map((client) => withSecretHash(slug, client)));
  return database().$transaction(async (transaction) => {
    const sandbox = await transaction.sandbox.upsert({ where: { slug }, create: { slug, name }, update: { name } });
    for (const user of users) await applyUser(transaction, sandbox.id, user);
    for (const client of clients) await applyClient(transaction, sandbox.id, client);
    return sandbox.id;
  });
}

/** The digest of the data that a sandbox holds in full; undefined when there is none, or loading it was cut short. */
export async function findDataDigest(slug: string): Promise<string | undefined> {
  const sandbox = await database().sandbox.findUnique({ where: { slug }, select: { fileDigest: true } });
  return sandbox?.fileDigest ?? undefined;
}

/** Notes which data the sandbox now holds in full. */
export async function recordDataDigest(sandboxId: number, fileDigest: string): Promise<void> {
  await database().sandbox.update({ where: { id: sandboxId }, data: { fileDigest } });
}

type UserToApply = Awaited<ReturnType<typeof withPasswordHash>>;

/** Keeps the stored hash while the password is still the same, so that loading a file again changes nothing. */
async function withPasswordHash({ password, ...user }: SandboxDefinition['users'][number]) {
  const stored = await database().user.findUnique({
    where: { username: user.username },
    select: { passwordHash: true },
  });
  const unchanged = stored && (await matchesPassword(password, stored.passwordHash));
  return { ...user, passwordHash: unchanged ? stored.passwordHash : await hashPassword(password) };
}

async function applyUser(transaction: Transaction, sandboxId: number, user: UserToApply): Promise<void> {
  const { username, name, passwordHash, role, fhirUser = null } = user;
  const { id: userId } = await transaction.user.upsert({
    where: { username },
    create: { username, name, passwordHash },
    update: { name, passwordHash },
  });
  await transaction.membership.upsert({
    where: { sandboxId_userId: { sandboxId, userId } },
    create: { sandboxId, userId, role, fhirUser },
    update: { role, fhirUser },
  });
}

type ClientToApply = Awaited<ReturnType<typeof withSecretHash>>;

async function withSecretHash(slug: string, { clientSecret, ...client }: SandboxDefinition['clients'][number]) {
  if (!clientSecret) return { ...client, clientSecretHash: null };
  const { clientId } = client;
  const stored = await database().client.findFirst({
    where: { clientId, sandbox: { slug } },
    select: { clientSecretHash: true },
  });
  const unchanged = stored?.clientSecretHash && (await matchesClientSecret(clientSecret, stored.clientSecretHash));
  return { ...client, clientSecretHash: unchanged ? stored.clientSecretHash : await hashClientSecret(clientSecret) };
}

async function applyClient(transaction: Transaction, sandboxId: number, client: ClientToApply): Promise<void> {
  const { clientId, jwks, ...fields } = client;
  const stored = {
    ...fields,
    logoUri: fields.logoUri ?? null,
    launchUri: fields.launchUri ?? null,
    jwksUri: fields.jwksUri ?? null,
    jwks: jwks ? (jwks as Prisma.InputJsonObject) : Prisma.DbNull,
  };
  await transaction.client.upsert({
    where: { sandboxId_clientId: { sandboxId, clientId } },
    create: { sandboxId, clientId, ...stored },
    update: stored,
  });
}
