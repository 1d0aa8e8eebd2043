import { createHash } from 'node:crypto';
import { database } from './database.ts';

/** What oidc-provider keeps of one artifact: a session, interaction, grant, code or token. */
export type OidcPayload = Record<string, unknown>;

/** Names one stored artifact. */
export interface PayloadKey {
  sandboxId: number;
  /** oidc-provider's name for the kind, such as `AccessToken`. */
  model: string;
  /** The artifact's own id; for most kinds it is the secret that its bearer shows. */
  id: string;
}

/** Kinds whose id is no secret: it appears in other artifacts, or is a hash already. */
const publicIds = new Set(['Grant', 'ReplayDetection']);

/** How a bearer secret is found without being stored: `base64url(sha256(value))`. */
export function secretHash(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}

function where({ sandboxId, model, id }: PayloadKey) {
  return { sandboxId_model_id: { sandboxId, model, id: publicIds.has(model) ? id : secretHash(id) } };
}

/** Keeps an artifact, replacing what had its id. */
export async function savePayload(key: PayloadKey, payload: OidcPayload, expiresAt: Date | null): Promise<void> {
  const { jti, ...rest } = payload;
  const data = {
    payload: rest as object,
    grantId: key.model === 'Grant' ? key.id : text(payload.grantId),
    uid: text(payload.uid),
    expiresAt,
  };
  const { sandboxId_model_id } = where(key);
  await database().oidcPayload.upsert({
    where: { sandboxId_model_id },
    create: { ...sandboxId_model_id, ...data },
    update: data,
  });
}

/** Keeps an artifact unless there is one with its id already; false when there was. */
export async function savePayloadOnce(key: PayloadKey, payload: OidcPayload, expiresAt: Date | null): Promise<boolean> {
  const { jti, ...rest } = payload;
  const data = { ...where(key).sandboxId_model_id, payload: rest as object, expiresAt };
  const { count } = await database().oidcPayload.createMany({ data: [data], skipDuplicates: true });
  return count === 1;
}

/** The artifact, its `jti` restored, with `consumed` (epoch seconds) when it was used up. */
export async function findPayload(key: PayloadKey): Promise<OidcPayload | undefined> {
  const row = await database().oidcPayload.findUnique({
    where: where(key),
    select: { payload: true, consumedAt: true },
  });
  return row ? { ...withConsumed(row), jti: key.id } : undefined;
}

/** The artifact with this `uid`; without its `jti`, which only its bearer knows. */
export async function findPayloadByUid(key: Omit<PayloadKey, 'id'>, uid: string): Promise<OidcPayload | undefined> {
  const row = await database().oidcPayload.findFirst({
    where: { ...key, uid },
    select: { payload: true, consumedAt: true },
  });
  return row ? withConsumed(row) : undefined;
}

/** Uses up an artifact; of several that try at the same moment exactly one gets true. */
export async function consumePayload(key: PayloadKey): Promise<boolean> {
  const { count } = await database().oidcPayload.updateMany({
    where: { ...where(key).sandboxId_model_id, consumedAt: null },
    data: { consumedAt: new Date() },
  });
  return count === 1;
}

export async function deletePayload(key: PayloadKey): Promise<void> {
  await database().oidcPayload.deleteMany({ where: where(key).sandboxId_model_id });
}

/** Deletes every artifact of one kind that a grant has brought forth. */
export async function deletePayloadsOfGrant(key: Omit<PayloadKey, 'id'>, grantId: string): Promise<void> {
  await database().oidcPayload.deleteMany({ where: { ...key, grantId } });
}

/** Deletes a whole grant: its tokens, its codes, itself and its context. */
export async function revokeGrant(sandboxId: number, grantId: string): Promise<void> {
  await database().$transaction([
    database().oidcPayload.deleteMany({ where: { sandboxId, grantId } }),
    database().grantContext.deleteMany({ where: { sandboxId, grantId } }),
  ]);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function withConsumed({ payload, consumedAt }: { payload: unknown; consumedAt: Date | null }): OidcPayload {
  return { ...(payload as OidcPayload), ...(consumedAt ? { consumed: Math.floor(consumedAt.getTime() / 1000) } : {}) };
}
