import type { ReadAhead } from '#lib/data/prefetch/read-ahead.ts';
import { single } from '../request/single-parameter.ts';

/**
 * The body of a refresh, with the `client_id` that a public app left out: its refresh token was issued to one app, and
 * says to which. Libraries of both generations refresh so. Who has a secret or a key still has to prove it. Every other
 * body is returned as it is.
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
