import type { AdapterPayload } from 'oidc-provider';
import type { NewGrant } from '#lib/data/token/grants.ts';
import {
  type OidcPayload,
  type StoredKey,
  type StoredPayload,
  storedKey,
  storedPayload,
} from '#lib/data/token/oidc-payloads.ts';
import type { Lost } from '#lib/data/token/oidc-write-parts.ts';
import { writeTogether } from '#lib/data/token/oidc-writes.ts';

/** Names an artifact by its own id. */
export interface Artifact {
  model: string;
  id: string;
}

/** The models that a request hands out, or on which they depend. */
const issuedModels = new Set(['Grant', 'AuthorizationCode', 'AccessToken', 'RefreshToken', 'ClientCredentials']);

/**
 * The writes of a request, gathered so that they are made in one statement before the answer leaves: all or none. Reads
 * of the same request see what it has written so far.
 */
export class PendingWrites {
  readonly #sandboxId: number;
  readonly #first = new Map<string, StoredPayload>();
  readonly #consumed = new Map<string, StoredKey>();
  readonly #kept = new Map<string, StoredPayload>();
  readonly #removed = new Map<string, StoredKey>();
  readonly #removedOfGrant: { model: string; grantId: string }[] = [];
  readonly #ended = new Set<string>();
  #resumed: Artifact | undefined;
  #newGrant: NewGrant | undefined;
  #service: string | undefined;
  #used: string | undefined;

  constructor(sandboxId: number) {
    this.#sandboxId = sandboxId;
  }

  keep(artifact: Artifact, payload: AdapterPayload, expiresAt: Date | null): void {
    const at = placeOf(artifact);
    this.#removed.delete(at);
    this.#kept.set(at, storedPayload(artifact, { ...payload }, expiresAt));
    if (artifact.model === 'ClientCredentials') this.#service = payload.clientId;
  }

  /** Stores an artifact that must not exist yet. */
  keepFirst(artifact: Artifact, payload: AdapterPayload, expiresAt: Date | null): void {
    this.#first.set(placeOf(artifact), storedPayload(artifact, { ...payload }, expiresAt));
  }

  consume(artifact: Artifact): void {
    this.#consumed.set(placeOf(artifact), storedKey(artifact));
  }

  remove(artifact: Artifact): void {
    this.#kept.delete(placeOf(artifact));
    this.#removed.set(placeOf(artifact), storedKey(artifact));
  }

  /** Goes on after an interaction, which is removed; only one request can. */
  resume(interaction: Artifact): void {
    this.#kept.delete(placeOf(interaction));
    this.#resumed = interaction;
  }

  removeOfGrant(model: string, grantId: string): void {
    this.#forget((kept) => kept.model === model && kept.grantId === grantId);
    this.#removedOfGrant.push({ model, grantId });
  }

  /** Ends a grant and everything that was issued from it. */
  endGrant(grantId: string): void {
    this.#forget((kept) => kept.grantId === grantId);
    this.#ended.add(grantId);
  }

  /** Stores the context of a grant that this request makes, and uses up the launch that led to it. */
  keepNewGrant(newGrant: NewGrant): void {
    this.#newGrant = newGrant;
  }

  /** Notes that the request uses a grant. */
  noteUse(grantId: string): void {
    this.#used = grantId;
  }

  /** The artifact as this request has left it; `read` reads what is stored. */
  async find(artifact: Artifact, read: () => Promise<OidcPayload | undefined>): Promise<OidcPayload | undefined> {
    const at = placeOf(artifact);
    const kept = this.#kept.get(at);
    if (kept) return { ...kept.payload, jti: artifact.id };
    if (this.#removed.has(at) || this.#isResumed(at) || (artifact.model === 'Grant' && this.#ended.has(artifact.id)))
      return undefined;
    const stored = await read();
    if (!stored || this.#isGone(artifact.model, stored)) return undefined;
    return this.#consumed.has(at) ? { ...stored, consumed: Math.floor(Date.now() / 1000) } : stored;
  }

  /**
   * Drops the artifacts that were to be handed out, because the answer is a refusal. Consumed or ended artifacts stay
   * so.
   */
  withdrawIssued(): void {
    this.#forget(({ model }) => issuedModels.has(model));
    this.#newGrant = undefined;
    this.#service = undefined;
  }

  /**
   * Writes everything, once. When another request was first to use something that works only once, nothing is written,
   * and the answer says which thing it was.
   */
  write(): Promise<Lost | undefined> {
    return writeTogether({
      sandboxId: this.#sandboxId,
      first: [...this.#first.values()],
      consumed: [...this.#consumed.values()],
      resumed: this.#resumed && storedKey(this.#resumed),
      newGrant: this.#newGrant,
      service: this.#service,
      kept: [...this.#kept.values()],
      removed: [...this.#removed.values()],
      removedOfGrant: this.#removedOfGrant,
      ended: [...this.#ended],
      used: this.#used,
    });
  }

  #forget(which: (kept: StoredPayload) => boolean): void {
    for (const [at, kept] of this.#kept) {
      if (which(kept)) this.#kept.delete(at);
    }
  }

  #isResumed(at: string): boolean {
    return this.#resumed !== undefined && placeOf(this.#resumed) === at;
  }

  #isGone(model: string, { grantId }: OidcPayload): boolean {
    if (typeof grantId !== 'string') return false;
    return this.#ended.has(grantId) || this.#removedOfGrant.some((of) => of.model === model && of.grantId === grantId);
  }
}

function placeOf({ model, id }: Artifact): string {
  return `${model} ${id}`;
}
