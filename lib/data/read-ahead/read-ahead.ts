import type { GrantContext } from '#lib/smart/launch/context.ts';
import type { LaunchHash } from '#lib/smart/launch/ids.ts';
import { type ClientRow, type RegisteredClient, toRegisteredClient } from '../client/registered-clients.ts';
import { type Json, rowOf } from '../database/json-row.ts';
import { type Launch, type LaunchRow, toLaunch } from '../launch/launches.ts';
import { type SandboxMember, type SandboxMemberRow, toSandboxMember } from '../member/sandbox-member.ts';
import { type Issuer, toIssuer } from '../sandbox/issuers.ts';
import type { SignIn } from '../session/live-session.ts';
import type { StoredGrant } from '../token/grants.ts';
import { type OidcPayload, withConsumed } from '../token/oidc-payloads.ts';

/**
 * The rows that one query has read for a request to the authorization server. A name with the value undefined was
 * looked up and not found; a missing name was not looked up. Kept only for the request, so that no process works on
 * stale rows.
 */
export class ReadAhead {
  readonly sandbox: Issuer;
  /** Who is signed in at the EHR in the browser that sent the request. */
  signIn: SignIn | undefined;
  /** By client_id. */
  readonly clients = new Map<string, RegisteredClient | undefined>();
  /** By user id. */
  readonly members = new Map<string, SandboxMember | undefined>();
  readonly launches = new Map<LaunchHash, Launch | undefined>();
  /** By grant id. */
  readonly grants = new Map<string, StoredGrant | undefined>();
  readonly #artifacts = new Map<string, OidcPayload | undefined>();

  /** Whether whoever brings the launch id has tried too many launch ids of others. */
  readonly exhausted: boolean;

  /** @param sandbox the row of the request's sandbox, as JSON */
  constructor(sandbox: Json, exhausted = false) {
    this.exhausted = exhausted;
    this.sandbox = toIssuer(rowOf(sandbox));
  }

  /** The artifact with this id; `known` tells whether it was looked up. */
  artifact(model: string, id: string): { known: boolean; payload: OidcPayload | undefined } {
    const name = `${model} ${id}`;
    return { known: this.#artifacts.has(name), payload: this.#artifacts.get(name) };
  }

  keepArtifact(model: string, id: string, row: Json | null): void {
    const payload = row ? { ...withConsumed(rowOf(row)), jti: id } : undefined;
    this.#artifacts.set(`${model} ${id}`, payload);
  }

  keepClient(clientId: string, row: Json | null): void {
    this.clients.set(clientId, row ? toRegisteredClient(rowOf<ClientRow>(row)) : undefined);
  }

  keepLaunch(launchHash: LaunchHash, row: Json | null): void {
    this.launches.set(launchHash, row ? toLaunch(rowOf<LaunchRow>(row)) : undefined);
  }

  keepGrant(grantId: string, { grant, context }: { grant: OidcPayload | null; context: GrantContext | null }): void {
    this.grants.set(grantId, grant ? { payload: { ...grant, jti: grantId }, context: context ?? {} } : undefined);
  }

  keepMember(userId: string, row: SandboxMemberRow | null): void {
    this.members.set(userId, row ? toSandboxMember(row) : undefined);
  }
}
