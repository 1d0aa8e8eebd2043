import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { type ClientWithSecret, findClient } from '#lib/data/client/clients.ts';
import { clientInformation } from '#lib/smart/client/information.ts';
import { explainError } from '../request/explain-error.ts';
import { stateOf } from '../request/request-state.ts';
import { registrationOf } from './request.ts';

/** The routes of oidc-provider that answer with a client's registration. */
const routes = new Set(['registration', 'client', 'client_update']);

/**
 * Koa middleware around the provider: answers a client with its complete registration. oidc-provider would answer with
 * the metadata that it works with, including the hash of the secret. A new secret is shown once, in the response to the
 * request that made it.
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1
 * @see https://www.rfc-editor.org/rfc/rfc7592#section-3
 */
export async function tellRegistration(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  await next();
  if (!routes.has(ctx.oidc?.route ?? '') || ctx.status >= 300) return;
  ctx.set('Pragma', 'no-cache');
  const { registration_client_uri, registration_access_token } = ctx.body as Record<string, unknown>;
  const outcome = await outcomeOf(ctx);
  if (!outcome) return refuseRemoved(ctx);
  ctx.body = { ...information(outcome), registration_client_uri, registration_access_token };
}

/** The registration that the request made or asks for; undefined when the app was removed just now. */
async function outcomeOf(ctx: KoaContextWithOIDC): Promise<ClientWithSecret | undefined> {
  const outcome = registrationOf(ctx);
  if (outcome) return outcome;
  const client = await findClient(stateOf(ctx).sandbox.id, ctx.oidc.client?.clientId ?? '');
  return client && { client };
}

function refuseRemoved(ctx: KoaContextWithOIDC): void {
  ctx.status = 401;
  ctx.set('WWW-Authenticate', 'Bearer error="invalid_token"');
  ctx.body = { error: 'invalid_token', error_description: 'the app was removed just now' };
}

function information({ client, clientSecret }: ClientWithSecret): Record<string, unknown> {
  return {
    ...clientInformation(client),
    client_secret: clientSecret,
    client_secret_expires_at: clientSecret === undefined ? undefined : 0,
  };
}

/** Adds to each refused registration a description of what was wrong. */
export function explainRegistrationErrors(provider: Provider): void {
  provider.on('registration_create.error', explainError);
  provider.on('registration_read.error', explainError);
  provider.on('registration_update.error', explainError);
  provider.on('registration_delete.error', explainError);
}
