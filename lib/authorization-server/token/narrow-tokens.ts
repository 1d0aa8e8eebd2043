import Provider from 'oidc-provider';
import { memberOf } from '../request/member.ts';
import { scopesOfToday } from './scopes-of-today.ts';

/**
 * Narrows every access token of a user to what is permitted when it is issued, not when it was granted. oidc-provider
 * can only leave out whole scopes, not narrow them, so the method that stores the token is replaced.
 */
export function narrowTokens({ AccessToken }: Provider): void {
  const { save } = AccessToken.prototype;
  AccessToken.prototype.save = async function () {
    const { ctx } = Provider;
    const member = ctx && (await memberOf(ctx, this.accountId));
    if (member) this.scope = scopesOfToday(ctx, this.scope ?? '', member).join(' ');
    return save.call(this);
  };
}
