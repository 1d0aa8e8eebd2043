import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Account, findAccount } from '#lib/data/member/accounts.ts';
import { stateOf } from './request-state.ts';

/** The member of this request's sandbox with `userId`, looked up once per request. */
export function accountOf(ctx: KoaContextWithOIDC, userId: string): Promise<Account | undefined> {
  const { accounts, sandbox } = stateOf(ctx);
  const found = accounts.get(userId) ?? findAccount(sandbox.id, userId);
  accounts.set(userId, found);
  return found;
}
