import { decodeJwt } from 'jose';

/**
 * The id of the user whom `id_token_hint` names; undefined without a hint. The hint's signature is not verified here:
 * oidc-provider verified it when the request arrived, so pass only parameters of a request that it has accepted.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest
 */
export function hintedUser(parameters: Record<string, unknown> | undefined): string | undefined {
  const hint = parameters?.id_token_hint;
  return typeof hint === 'string' ? decodeJwt(hint).sub : undefined;
}
