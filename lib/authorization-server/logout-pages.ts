import type { KoaContextWithOIDC } from 'oidc-provider';
import { htmlPage, htmlPageHeaders } from './html-page.ts';

/** Asks whether the apps' session shall end; `form` is oidc-provider's own, with its protection against forgery. */
export function logoutPage(ctx: KoaContextWithOIDC, form: string): void {
  ctx.set(htmlPageHeaders);
  ctx.body = htmlPage(ctx, {
    title: 'Sign out of the apps?',
    paragraphs: ['An app asks to end your session. You stay signed in at the EHR itself.'],
    markup: `${form}<button type="submit" form="op.logoutForm" value="yes" name="logout">Sign out of the apps</button>`,
  });
}

export function loggedOutPage(ctx: KoaContextWithOIDC): void {
  ctx.set(htmlPageHeaders);
  ctx.body = htmlPage(ctx, {
    title: 'The apps are signed out',
    paragraphs: ['You can close this page.'],
  });
}
