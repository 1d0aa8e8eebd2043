import { guardedFetch, OutboundProblem, type OutboundRules } from './guarded-fetch.ts';

/**
 * The JSON at an address that somebody else has chosen, and the headers it came with.
 * @throws OutboundProblem when it cannot be had, with a reason that may be told to anybody
 */
export async function fetchJson(address: string, rules: OutboundRules): Promise<{ json: unknown; headers: Headers }> {
  const response = await guardedFetch(address, rules);
  const { status, headers } = response;
  if (status !== 200) throw new OutboundProblem(`answers with status ${status} instead of 200`);
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(headers.get('content-type') ?? '')) {
    throw new OutboundProblem('does not answer with JSON (Content-Type application/json or application/jwk-set+json)');
  }
  try {
    return { json: await response.json(), headers };
  } catch {
    throw new OutboundProblem('answers with something that is not JSON');
  }
}
