import type { ReadAhead } from '#lib/data/read-ahead/read-ahead.ts';
import { single } from '../request/single-parameter.ts';

/**
 * Adds the `client_id` that a public app left out of a refresh, as its libraries do: the refresh token belongs to one
 * app. Clients with a secret or a key still have to prove themselves. Every other body is returned unchanged.
 * @param path below the sandbox
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-6
 */
export function withClientOfToken(request: Request, path: string, ahead: ReadAhead, body: Uint8Array): Uint8Array {
  if (path !== '/oauth/token' || request.headers.has('authorization')) return body;
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const token = single(form, 'refresh_token');
  if (!token || form.has('client_id') || form.has('client_assertion')) return body;
  const clientId = ahead.artifact('RefreshToken', token).payload?.clientId;
  if (typeof clientId !== 'string' || ahead.clients.get(clientId)?.type !== 'public') return body;
  form.set('client_id', clientId);
  return new TextEncoder().encode(form.toString());
}
