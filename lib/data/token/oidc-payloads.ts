import { z } from 'zod';
import { database } from '../database/database.ts';
import { type SecretHash, secretHash } from '../database/secret-hash.ts';
import { execute, sql } from '../database/sql.ts';

/** The payload that oidc-provider stores of an artifact: a session, interaction, grant, code or token. */
export type OidcPayload = Record<string, unknown>;

/** Names one stored artifact. */
export interface PayloadKey {
  sandboxId: number;
  /** oidc-provider's name for the kind, such as `AccessToken`. */
  model: string;
  /** The artifact's own id; for most kinds it is the secret that its bearer presents. */
  id: string;
}

/** Kinds whose id is not a secret, because it appears in other artifacts or is a hash already. */
const publicIds = new Set(['Grant', 'ReplayDetection']);

const PublicId = z.string().brand<'PublicId'>();

/** The id under which an artifact is stored: its own, or the hash of it when that is a secret. Never the secret. */
export type StoredId = SecretHash | z.infer<typeof PublicId>;

/** Names one stored artifact inside its sandbox. */
export interface StoredKey {
  model: string;
  id: StoredId;
}

/** An artifact as a row of the database. */
export interface StoredPayload extends StoredKey {
  payload: OidcPayload;
  grantId: string | null;
  /** The id by which an artifact is found whose own id is a secret. */
  uid: string | null;
  expiresAt: Date | null;
}

/** The key under which an artifact is stored. */
export function storedKey({ model, id }: Omit<PayloadKey, 'sandboxId'>): StoredKey {
  return { model, id: publicIds.has(model) ? PublicId.parse(id) : secretHash(id) };
}

/** Converts an artifact for storage, without its `jti`, which only its bearer knows. */
export function storedPayload(
  key: Omit<PayloadKey, 'sandboxId'>,
  { jti, ...payload }: OidcPayload,
  expiresAt: Date | null,
): StoredPayload {
  const grantId = key.model === 'Grant' ? key.id : text(payload.grantId);
  return { ...storedKey(key), payload, grantId, uid: text(payload.uid), expiresAt };
}

/**
 * Replaces an artifact that is stored, and never brings back one that was used or removed meanwhile.
 * @returns whether it was still there.
 */
export async function replacePayload(sandboxId: number, { model, id, payload }: StoredPayload): Promise<boolean> {
  const count = await execute(
    sql`UPDATE oidc_payload SET payload = ${JSON.stringify(payload)}::text::jsonb
      WHERE sandbox_id = ${sandboxId}::int AND model = ${model} AND id = ${id}`,
  );
  return count === 1;
}

function where({ sandboxId, ...key }: PayloadKey) {
  return { sandboxId_model_id: { sandboxId, ...storedKey(key) } };
}

/** The artifact with its `jti` restored, and with `consumed` (epoch seconds) if it was used up. */
export async function findPayload(key: PayloadKey): Promise<OidcPayload | undefined> {
  const row = await database().oidcPayload.findUnique({
    where: where(key),
    select: { payload: true, consumedAt: true },
  });
  return row ? { ...withConsumed(row), jti: key.id } : undefined;
}

/** The artifact with this `uid`, without its `jti`, which only its bearer knows. */
export async function findPayloadByUid(key: Omit<PayloadKey, 'id'>, uid: string): Promise<OidcPayload | undefined> {
  const row = await database().oidcPayload.findFirst({
    where: { ...key, uid },
    // Several browsers may follow one session at the EHR, each by a login session with the same uid.
    orderBy: { expiresAt: 'desc' },
    select: { payload: true, consumedAt: true },
  });
  return row ? withConsumed(row) : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The payload of a row, with `consumed` (epoch seconds) if it was used up. */
export function withConsumed({ payload, consumedAt }: { payload: unknown; consumedAt: Date | null }): OidcPayload {
  if (!consumedAt) return payload as OidcPayload;
  return { ...(payload as OidcPayload), consumed: Math.floor(consumedAt.getTime() / 1000) };
}
