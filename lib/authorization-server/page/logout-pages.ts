import type { KoaContextWithOIDC } from 'oidc-provider';
import { escapeHtml, isolated, plainPageHeaders } from '#lib/http/page/plain-page.ts';
import { stateOf } from '../request/request-state.ts';
import { htmlPage } from './html-page.ts';

const buttons = `<p class="buttons"><button type="submit" form="op.logoutForm" value="yes" name="logout">Sign out</button>
<button type="submit" form="op.logoutForm" class="secondary">Stay signed in</button></p>`;

/**
 * Asks whether the user wants to sign out; `form` is oidc-provider's own, with its protection against forgery.
 * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout
 */
export function logoutPage(ctx: KoaContextWithOIDC, form: string): void {
  const { name } = stateOf(ctx).sandbox;
  const client = ctx.oidc.client?.clientName;
  ctx.set({ ...plainPageHeaders, 'Content-Security-Policy': policyTowards(ctx.oidc.params?.post_logout_redirect_uri) });
  ctx.body = htmlPage(ctx, {
    title: `Sign out of ${isolated(name)}?`,
    paragraphs: [
      `${client ? isolated(client) : 'An app'} asks to sign you out.`,
      'You will be signed out of the EHR in this browser, and open apps lose their access soon after. Apps that you allowed to go on while you are away keep it.',
    ],
    markup: form + buttons,
  });
}

/**
 * The Content-Security-Policy of the page: browsers apply `form-action` to redirects too, so it must allow the address
 * to which the app wants the user sent back.
 */
function policyTowards(address: unknown): string {
  const policy = plainPageHeaders['Content-Security-Policy'];
  if (typeof address !== 'string') return policy;
  const { protocol, origin } = new URL(address);
  return policy.replace("form-action 'self'", `form-action 'self' ${/^https?:$/.test(protocol) ? origin : protocol}`);
}

/** Tells whether the user has signed out; an app without an address to return to leaves them here. */
export function loggedOutPage(ctx: KoaContextWithOIDC): void {
  const stays = ctx.oidc.client !== undefined;
  ctx.set(plainPageHeaders);
  ctx.body = htmlPage(ctx, {
    title: stays ? 'You are still signed in' : 'You have signed out',
    paragraphs: ['You can close this page.'],
    markup: `<p><a href="${escapeHtml(new URL(ctx.oidc.issuer).pathname)}">Go to <bdi>${escapeHtml(stateOf(ctx).sandbox.name)}</bdi></a></p>`,
  });
}

/** Notes that the user confirmed signing out; `answerOauth` then ends the sign-in at the EHR. */
export function noteSignOut(ctx: KoaContextWithOIDC): void {
  if (ctx.oidc.params?.logout) stateOf(ctx).signedOut = true;
}
