import { decodeJwt } from 'jose';

/**
 * The user whom `id_token_hint` names, in a request that oidc-provider has accepted. oidc-provider verified the hint
 * when the request arrived, and does not verify it again when the request is resumed.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 */
export function hintedUser(parameters: Record<string, unknown> | undefined): string | undefined {
  const hint = parameters?.id_token_hint;
  return typeof hint === 'string' ? decodeJwt(hint).sub : undefined;
}
