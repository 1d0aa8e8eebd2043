import { randomUUID } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Issuer } from '#lib/data/sandbox/issuers.ts';
import { stateOf } from '../request/request-state.ts';

/** The settings of oidc-provider's dynamic registration and management for one sandbox. */
export function registrationFeatures({ registration }: Issuer) {
  if (registration === 'off') return {};
  return {
    registration: { enabled: true, initialAccessToken: registration === 'token', idFactory: () => randomUUID() },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
  } as const;
}

const endpoint = /^\/oauth\/register(\/|$)/;

/**
 * Koa middleware before the provider: refuses registration where it is switched off, and lets pages of every origin
 * register an app where anybody may. Where an initial access token is needed, pages may not, because these tokens do
 * not belong in browsers.
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-3
 */
export async function guardRegistration(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  const { registration } = stateOf(ctx).sandbox;
  if (!endpoint.test(ctx.path)) return next();
  if (registration === 'off') return refuse(ctx);
  if (registration !== 'open') return next();
  ctx.set('Access-Control-Allow-Origin', '*');
  if (ctx.method !== 'OPTIONS') return next();
  ctx.set('Access-Control-Allow-Methods', 'POST, GET, PUT, DELETE');
  ctx.set('Access-Control-Allow-Headers', 'Authorization, Content-Type');
  ctx.set('Access-Control-Max-Age', '3600');
  ctx.status = 204;
}

function refuse(ctx: KoaContextWithOIDC): void {
  ctx.status = 403;
  ctx.set('Cache-Control', 'no-store');
  ctx.body = {
    error: 'access_denied',
    error_description: 'Apps cannot register themselves in this sandbox: its administrators register them.',
  };
}
