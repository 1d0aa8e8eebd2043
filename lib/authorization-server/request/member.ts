import type { KoaContextWithOIDC } from 'oidc-provider';
import { findSandboxMember, type SandboxMember } from '#lib/data/member/sandbox-member.ts';
import { stateOf } from './request-state.ts';

/** The member of this request's sandbox with `userId`, looked up once per request. */
export function memberOf(ctx: KoaContextWithOIDC, userId: string): Promise<SandboxMember | undefined> {
  const { members, sandbox } = stateOf(ctx);
  const found = members.get(userId) ?? findSandboxMember(sandbox.id, userId);
  members.set(userId, found);
  return found;
}
