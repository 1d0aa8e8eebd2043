import Provider, { type ClientMetadata, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { type ClientWithSecret, deleteDynamicClient } from '#lib/data/client/clients.ts';
import {
  type RegistrationRefusal,
  registerDynamicClient,
  updateDynamicClient,
} from '#lib/data/client/dynamic-clients.ts';
import { ownOrigins } from '#lib/env.ts';
import { levelsOf } from '#lib/smart/client/registration-rules.ts';
import { type DynamicRegistration, readDynamicRegistration } from '#lib/smart/dynamic/registration.ts';
import { clientMetadata, extraClientMetadata, type SmartClient } from '../client/metadata.ts';
import { stateOf } from '../request/request-state.ts';

/** A registration that is being processed by oidc-provider, whose own model of a client holds less than ours. */
interface Underway {
  sent: DynamicRegistration;
  /** Set once the registration is stored. */
  outcome?: ClientWithSecret;
}

const underway = new WeakMap<object, Underway>();

/**
 * Validates the metadata that a client sent for itself by our rules, in oidc-provider's hook for metadata, and replaces
 * it by the metadata of the resulting registration. Clients that are already stored are skipped.
 * @throws InvalidClientMetadata, as `invalid_redirect_uri` when that is the member concerned.
 */
export function settleMetadata(
  ctx: KoaContextWithOIDC | undefined,
  key: string,
  _: unknown,
  metadata: ClientMetadata,
): void {
  if (!ctx || key !== extraClientMetadata[0]) return;
  const sent = readDynamicRegistration({ ...ctx.oidc.body }, policyOf(ctx));
  if ('refusal' in sent) throw new errors.InvalidClientMetadata(sent.refusal);
  underway.set(ctx, { sent });
  const { client_id } = metadata;
  for (const member of Object.keys(metadata)) delete metadata[member];
  Object.assign(metadata, clientMetadata({ ...sent.registration, clientId: String(client_id) }));
}

/**
 * The rules for this registration: whoever has an initial access token vouches for the app, and only an app that first
 * registers with one may ever get `system/` scopes.
 */
function policyOf(ctx: KoaContextWithOIDC) {
  const vouched = stateOf(ctx).sandbox.registration === 'token';
  const before = ctx.oidc.client as SmartClient | undefined;
  const maySystem = before ? levelsOf(before.registered_scope).system : vouched;
  return { own: ownOrigins(), vouched, maySystem };
}

/** Stores the registration of the current request, under a client id that oidc-provider made or already knows. */
export async function storeRegistration(sandboxId: number, clientId: string): Promise<void> {
  const { ctx } = Provider;
  const registration = ctx && underway.get(ctx);
  if (!ctx || !registration) throw new Error('oidc-provider stores a client outside of a registration.');
  const { sent } = registration;
  if (ctx.oidc.route === 'client_update') {
    const update = { ...sent, token: registrationToken(ctx) };
    registration.outcome = (await updateDynamicClient(sandboxId, clientId, update)) ?? refuse(ctx, 'token-ended');
    return;
  }
  const initialAccessToken = ctx.oidc.entities.InitialAccessToken?.jti;
  const outcome = await registerDynamicClient(sandboxId, { ...sent, clientId, initialAccessToken });
  registration.outcome = typeof outcome === 'string' ? refuse(ctx, outcome) : outcome;
}

/** Removes an app by its own request. Of several requests with its registration access token, one is served. */
export async function removeRegistration(sandboxId: number, clientId: string): Promise<void> {
  const { ctx } = Provider;
  if (!ctx) throw new Error('oidc-provider removes a client outside of a request.');
  const removed = await deleteDynamicClient(sandboxId, clientId, registrationToken(ctx));
  if (!removed) refuse(ctx, 'token-ended');
}

function registrationToken(ctx: KoaContextWithOIDC): string {
  return ctx.oidc.entities.RegistrationAccessToken?.jti ?? '';
}

function refuse(ctx: KoaContextWithOIDC, refusal: RegistrationRefusal): never {
  if (refusal === 'token-ended')
    throw new errors.InvalidToken('the token was revoked, or used by another request, just now');
  if (refusal === 'too-fast') ctx.set('Retry-After', '3600');
  const [status, error, description] = refusals[refusal];
  throw Object.assign(new errors.CustomOIDCProviderError(error, description), { status, statusCode: status });
}

const refusals = {
  full: [403, 'access_denied', 'Too many apps have registered themselves here; an administrator can remove some.'],
  'too-fast': [429, 'temporarily_unavailable', 'Too many apps have registered themselves here lately; try in an hour.'],
} as const;

/** The result of the registration in this request. */
export function registrationOf(ctx: KoaContextWithOIDC): ClientWithSecret | undefined {
  return underway.get(ctx)?.outcome;
}
