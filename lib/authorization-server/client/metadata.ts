import { type AdapterPayload, type Client, errors, type JWKS } from 'oidc-provider';
import type { RegisteredClient } from '#lib/data/client/registered-clients.ts';
import { grantTypesOf } from '#lib/smart/client/information.ts';
import type { ClientRegistration } from '#lib/smart/client/registration.ts';
import type { RegistrationField } from '#lib/smart/client/registration-fields.ts';
import { findClientOf } from '../request/request-state.ts';
import { withAssertionKey } from './app-keys.ts';

/**
 * Our own metadata, which oidc-provider passes through to its Client, and the field of the registration that each
 * stands for.
 */
const ownMetadata = {
  require_pkce: 'requirePkce',
  skip_consent: 'trusted',
  /**
   * The scopes that may be requested; as `scope` itself, oidc-provider would refuse a request for more instead of
   * narrowing it.
   */
  registered_scope: 'scope',
  /** Origins in addition to those of the redirect URIs. */
  registered_origins: 'origins',
  /** In seconds; absent for the usual lifetime. */
  access_token_lifetime: 'accessTokenLifetime',
  refresh_token_lifetime: 'refreshTokenLifetime',
} as const satisfies Record<string, RegistrationField>;

type OwnMetadata = { [member in keyof typeof ownMetadata]: ClientRegistration[(typeof ownMetadata)[member]] };

/** The names of our own metadata. */
export const extraClientMetadata = Object.keys(ownMetadata);

/** A client of oidc-provider with our own metadata. */
export interface SmartClient extends Client, OwnMetadata {}

type Registration = Omit<RegisteredClient, 'dynamic' | 'metadata' | 'createdAt' | 'updatedAt'>;

/**
 * The registration of a client in the terms of RFC 7591; undefined when the client is unknown.
 * @throws InvalidClient when the client is disabled, so that its owner learns why nothing works
 */
export async function findClientMetadata(sandboxId: number, clientId: string): Promise<AdapterPayload | undefined> {
  const client = await findClientOf(sandboxId, clientId);
  if (!client) return undefined;
  if (!client.enabled) {
    throw new errors.InvalidClient('The app is disabled in this sandbox. An administrator can enable it.');
  }
  return withAssertionKey(clientMetadata(client), client.updatedAt);
}

/**
 * Converts a registration to the metadata that oidc-provider expects.
 * @see https://www.rfc-editor.org/rfc/rfc7591#section-2
 */
export function clientMetadata(client: Registration): AdapterPayload {
  const redirects = client.redirectUris.length > 0;
  return {
    client_id: client.clientId,
    client_name: client.name,
    application_type: client.redirectUris.every((uri) => /^https?:/i.test(uri)) ? 'web' : 'native',
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.redirectUris,
    response_types: redirects ? ['code'] : [],
    grant_types: grantTypesOf(client),
    ...authentication(client),
    ...Object.fromEntries(Object.entries(ownMetadata).map(([member, field]) => [member, client[field]])),
  };
}

function authentication({ type, clientSecretHash, jwksUri, jwks }: Registration): AdapterPayload {
  if (type === 'public') return { token_endpoint_auth_method: 'none' };
  if (type === 'secret') {
    // A client without a secret gets a value that is the hash of none, so that no secret matches.
    return { token_endpoint_auth_method: 'client_secret_basic', client_secret: clientSecretHash ?? 'none' };
  }
  const keys = type === 'jwks_uri' ? { jwks_uri: jwksUri ?? '' } : { jwks: (jwks ?? { keys: [] }) as JWKS };
  return { token_endpoint_auth_method: 'private_key_jwt', ...keys };
}
