import { decodeJwt } from 'jose';

/**
 * The user whom `id_token_hint` names, in a request that oidc-provider has taken: it looked at the signature, the issuer
 * and the client when the request came, and not again when the request goes on.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 */
export function hintedUser(parameters: Record<string, unknown> | undefined): string | undefined {
  const hint = parameters?.id_token_hint;
  return typeof hint === 'string' ? decodeJwt(hint).sub : undefined;
}
