import { guardedFetch, OutboundError, type OutboundRules } from './guarded-fetch.ts';

/**
 * Fetches JSON from an address that somebody else chose, with the response headers.
 * @throws OutboundError with a reason that anybody may be shown
 */
export async function fetchJson(address: string, rules: OutboundRules): Promise<{ json: unknown; headers: Headers }> {
  const response = await guardedFetch(address, rules);
  const { status, headers } = response;
  if (status !== 200) throw new OutboundError(`answers with status ${status} instead of 200`);
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(headers.get('content-type') ?? '')) {
    throw new OutboundError('does not answer with JSON (Content-Type application/json or application/jwk-set+json)');
  }
  try {
    return { json: await response.json(), headers };
  } catch {
    throw new OutboundError('answers with something that is not JSON');
  }
}
