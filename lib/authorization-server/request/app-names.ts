import { decodeJwt } from 'jose';
import type { AppNames } from '#lib/data/read-ahead/read-for-app.ts';
import { bearerToken } from '#lib/http/bearer-token.ts';
import { single } from './single-parameter.ts';

const tokens = ['AccessToken', 'ClientCredentials', 'RefreshToken'];

/** The ids, tokens and codes that a request of an app names, read before any of them is verified. */
export function appNames(request: Request, body: Uint8Array): AppNames {
  const form = new URLSearchParams(new TextDecoder().decode(body));
  return { clientId: clientIdOf(request, form), bearer: bearerOf(request, form) };
}

function clientIdOf(request: Request, form: URLSearchParams): string | undefined {
  const assertion = single(form, 'client_assertion');
  return single(form, 'client_id') ?? (assertion ? subjectOf(assertion) : basicUser(request));
}

function subjectOf(assertion: string): string | undefined {
  try {
    const { sub } = decodeJwt(assertion);
    return sub && single(new URLSearchParams({ sub }), 'sub');
  } catch {
    return undefined;
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
function basicUser(request: Request): string | undefined {
  const [, encoded] = /^Basic +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  const [user] = Buffer.from(encoded ?? '', 'base64')
    .toString()
    .split(':');
  return user ? single(new URLSearchParams(`user=${user}`), 'user') : undefined;
}

function bearerOf(request: Request, form: URLSearchParams): AppNames['bearer'] {
  const shown: [value: string | undefined, models: string[]][] = [
    [single(form, 'code'), ['AuthorizationCode']],
    [single(form, 'refresh_token'), ['RefreshToken']],
    [single(form, 'token'), tokens],
    [bearerToken(request), ['AccessToken']],
  ];
  const [value, models] = shown.find(([sent]) => sent) ?? [];
  return value && models ? { value, models } : undefined;
}
