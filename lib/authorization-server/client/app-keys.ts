import { decodeJwt, decodeProtectedHeader, type JWK, type ProtectedHeaderParameters } from 'jose';
import Provider, { type AdapterPayload, errors, type JWKS } from 'oidc-provider';
import { z } from 'zod';
import { originsOf } from '#lib/address/own-origins.ts';
import { env, ownOrigins } from '#lib/env.ts';
import { fetchJson } from '#lib/http/fetch-json.ts';
import { freshSeconds } from '#lib/http/freshness.ts';
import { OutboundError } from '#lib/http/guarded-fetch.ts';
import { longListIn } from '#lib/smart/long-list.ts';
import { currentState } from '../request/request-state.ts';
import { type FetchedKeys, keySets } from './key-sets.ts';

// A set may also hold keys of kinds that we do not use.
const KeySet = z.object({ keys: z.array(z.looseObject({ kid: z.string().optional(), kty: z.string() })).max(200) });

const keysAt = keySets(fetchKeys);

async function fetchKeys(address: string): Promise<FetchedKeys> {
  const sender = currentState()?.sandbox.id;
  const rules = {
    ...env(),
    ownOrigins: originsOf(ownOrigins()),
    ...(sender === undefined ? {} : { sender: String(sender) }),
  };
  const { json, headers } = await fetchJson(address, rules);
  const set = longListIn(json) ? undefined : KeySet.safeParse(json);
  if (!set?.success) throw new OutboundError('does not answer with a JWKS: {"keys": [{"kty": …}]}');
  return { keys: set.data.keys as JWK[], freshSeconds: freshSeconds(headers, new Date()) };
}

/**
 * Prepares the metadata of a client for the current request: when it brings an assertion and its keys are at a URL, the
 * URL is replaced by the one key that can have signed the assertion. oidc-provider itself would cache keys for longer
 * than their publisher allows.
 * @param changedAt when the registration was last changed; keys that were fetched before are fetched again
 * @throws InvalidClientAuth when the assertion's header does not lead to one key
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html#signature-verification
 */
export async function withAssertionKey(metadata: AdapterPayload, changedAt: Date): Promise<AdapterPayload> {
  const header = sentHeader(metadata.client_id);
  if (!header || metadata.token_endpoint_auth_method !== 'private_key_jwt') return metadata;
  const { jwks_uri: jwksUri, ...rest } = metadata;
  if (header.jku !== undefined && header.jku !== jwksUri) {
    throw new errors.InvalidClientAuth('jku of the client_assertion is not the JWKS URL that the app has registered');
  }
  if (!header.kid) {
    throw new errors.InvalidClientAuth(
      'the client_assertion must name the key it is signed with in its header, as kid',
    );
  }
  return jwksUri ? { ...rest, jwks: { keys: [await keyAt(jwksUri, header, changedAt)] } as JWKS } : metadata;
}

/** The header of the assertion with which the request claims to come from `clientId`; undefined without one. */
function sentHeader(clientId: string | undefined): ProtectedHeaderParameters | undefined {
  const assertion = Provider.ctx?.oidc?.params?.client_assertion;
  if (typeof assertion !== 'string') return undefined;
  try {
    return decodeJwt(assertion).sub === clientId ? decodeProtectedHeader(assertion) : undefined;
  } catch {
    throw new errors.InvalidClientAuth('client_assertion is not a JWT');
  }
}

async function keyAt(
  jwksUri: string,
  { alg = '', kid = '' }: ProtectedHeaderParameters,
  changedAt: Date,
): Promise<JWK> {
  const kty = keyTypes.get(alg.slice(0, 2));
  if (!kty) throw new errors.InvalidClientAuth('the client_assertion must be signed with RS384 or ES384');
  const [key, ...others] = (await keysNamed(jwksUri, kid, changedAt)).filter((one) => one.kty === kty);
  if (key && others.length === 0) return publicPart(key);
  throw new errors.InvalidClientAuth(
    key
      ? 'the JWKS of the app holds more than one key for the kid of the client_assertion'
      : 'the JWKS of the app holds no key for the kid of the client_assertion; a new one is found within half a minute',
  );
}

const keyTypes = new Map<string, string>(Object.entries<string>({ RS: 'RSA', ES: 'EC' }));

async function keysNamed(jwksUri: string, kid: string, changedAt: Date): Promise<JWK[]> {
  try {
    return await keysAt(jwksUri, kid, changedAt.getTime());
  } catch (problem) {
    if (problem instanceof OutboundError) {
      throw new errors.InvalidClientAuth(`the JWKS URL that the app has registered ${problem.message}`);
    }
    throw problem;
  }
}

/** The members that are needed to verify a signature; private or unknown members of a published key are not kept. */
function publicPart({ kty, kid, alg, use, key_ops, n, e, crv, x, y }: JWK): JWK {
  const members = Object.entries({ kty, kid, alg, use, key_ops, n, e, crv, x, y });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}
