import { findRegisteredClient } from '#lib/data/client/registered-clients.ts';
import { findSandboxMember } from '#lib/data/member/sandbox-member.ts';
import { findIssuer, type Issuer } from '#lib/data/sandbox/issuers.ts';
import { findPayload, type OidcPayload } from '#lib/data/token/oidc-payloads.ts';
import { hintedUser } from '../authorization/hinted-user.ts';

/** The app's request as the sign-in page shows it. */
export interface SignInRequest {
  sandbox: Issuer;
  /** Undefined when the request is over. */
  app?: { name: string; logoUri?: string | undefined; description: string } | undefined;
  /** The username that the app suggests; it need not be right. */
  username?: string | undefined;
  /** Why being signed in is not enough: the app wants a password now, another account, or a certain user. */
  reason?: 'again' | 'another-account' | 'certain-user' | undefined;
}

const maxHintLength = 200;

/**
 * Finds the authorization request that waits at the interaction `uid` of the sandbox `slug` until somebody signs in;
 * undefined when there is no such sandbox. Anybody who knows the uid may read this, because the interaction's cookie is
 * not sent to the sign-in page, so it reveals no more than the app's own link does.
 */
export async function findSignInRequest(slug: string, uid: string): Promise<SignInRequest | undefined> {
  const sandbox = await findIssuer(slug);
  if (!sandbox) return undefined;
  const interaction = await findPayload({ sandboxId: sandbox.id, model: 'Interaction', id: uid });
  if (!interaction || Number(interaction.exp) * 1000 < Date.now()) return { sandbox };
  const params = (interaction.params ?? {}) as OidcPayload;
  const client = await findRegisteredClient(sandbox.id, String(params.client_id));
  if (!client?.enabled) return { sandbox };
  const { name, logoUri, description } = client;
  return {
    sandbox,
    app: { name, logoUri, description },
    username: await suggestedUsername(sandbox, params),
    reason: reasonOf(interaction),
  };
}

async function suggestedUsername({ id }: Issuer, params: OidcPayload): Promise<string | undefined> {
  const hinted = hintedUser(params);
  if (hinted) return (await findSandboxMember(id, hinted))?.username;
  const { login_hint: hint } = params;
  return typeof hint === 'string' && hint.length <= maxHintLength && !/\p{Cc}/u.test(hint) ? hint : undefined;
}

function reasonOf({ prompt }: OidcPayload): SignInRequest['reason'] {
  const { name, reasons = [] } = (prompt ?? {}) as { name?: string; reasons?: string[] };
  if (name === 'select_account') return 'another-account';
  if (reasons.includes('id_token_hint') && !reasons.includes('no_session')) return 'certain-user';
  return reasons.includes('login_prompt') || reasons.includes('max_age') ? 'again' : undefined;
}
