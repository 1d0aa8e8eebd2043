import { errors } from 'oidc-provider';
import type { Lost } from '#lib/data/token/oidc-write-parts.ts';

/** The refusal of a request that came just after another one with the same code, refresh token or assertion. */
export function lostRace(answer: Response, lost: Exclude<Lost, 'launch' | 'interaction' | 'standing'>): Response {
  const error =
    lost === 'assertion'
      ? new errors.InvalidClientAuth('client assertion tokens must only be used once')
      : new errors.InvalidGrant('it was used by another request just now');
  return replaced(answer, error.statusCode, { error: error.error, error_description: error.error_detail });
}

/**
 * Replaces the status and body of `answer`; its headers let the app's page read it and forbid caching, so they stay.
 */
export function replaced(answer: Response, status: number, body: object): Response {
  const headers = new Headers(answer.headers);
  for (const name of ['content-length', 'location', 'set-cookie']) headers.delete(name);
  return Response.json(body, {
    status,
    headers: new Headers([...headers].filter(([name]) => name !== 'content-type')),
  });
}
