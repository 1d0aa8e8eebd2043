import { originsOf } from '#lib/address/own-origins.ts';
import type { Sandbox } from '#lib/data/sandbox/sandboxes.ts';
import { env, ownOrigins } from '#lib/env.ts';
import { guardedFetch, OutboundError, type OutboundRequest } from '#lib/http/guarded-fetch.ts';
import { clientToken } from './client-token.ts';

/** Limits on a call: 5 s, prefetch included, and a response of at most 1 MiB. */
export const patience = 5000;
const maxBodyLength = 1024 * 1024;

/** Why a service gave no advice, phrased to follow its name in a sentence. */
export class ServiceError extends Error {}

/**
 * Thrown when a service could not get the data it needs, by prefetch or from the FHIR server.
 * @see https://cds-hooks.hl7.org/2.0/#http-status-codes
 */
export class DataMissing extends ServiceError {}

/**
 * Calls an endpoint of a CDS service: by POST with a body, by GET without one.
 * @param deadline when the response must be complete, in epoch milliseconds
 * @returns the JSON of the response; undefined if its body is empty
 * @throws ServiceError if there is no usable response in time
 */
export async function callEndpoint(
  sandbox: Pick<Sandbox, 'id' | 'slug'>,
  endpoint: string,
  body: object | undefined,
  deadline = Date.now() + patience,
): Promise<unknown> {
  const authorization = `Bearer ${await clientToken(sandbox, endpoint)}`;
  const { allowPrivateAddresses } = env();
  const rules = {
    ownOrigins: originsOf(ownOrigins()),
    allowPrivateAddresses,
    sender: String(sandbox.id),
    maxBodyLength,
    patience: Math.max(deadline - Date.now(), 1),
  };
  const request: OutboundRequest = body
    ? {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }
    : { headers: { authorization } };
  const response = await guardedFetch(endpoint, rules, request).catch((thrown: unknown) => {
    throw thrown instanceof OutboundError ? new ServiceError(sentenceOf(thrown)) : thrown;
  });
  return jsonOf(response);
}

const sentences = new Map<string, string>(
  Object.entries<string>({
    'does not answer in time': `did not answer within ${patience / 1000} s`,
    'redirects, which is not followed': 'answered with a redirect, which is not followed',
    [`answers with more than ${maxBodyLength} bytes`]: 'answered with more than 1 MB',
  }),
);

function sentenceOf({ message }: OutboundError): string {
  return sentences.get(message) ?? message;
}

async function jsonOf(response: Response): Promise<unknown> {
  const { status } = response;
  if (status === 412) throw new DataMissing('could not get the data that it needs, and said so (412)');
  if (status < 200 || status > 299) throw new ServiceError(`answered with the status ${status}`);
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ServiceError(`answered with something that is not JSON${typeOf(response)}`);
  }
}

/** The response's media type in brackets if it is not JSON, as a hint for the developers of the service. */
function typeOf({ headers }: Response): string {
  const [type] = /^[\w.+-]{1,50}\/[\w.+-]{1,50}/.exec(headers.get('content-type') ?? '') ?? [];
  return type && !/[/+]json$/i.test(type) ? ` (${type})` : '';
}
