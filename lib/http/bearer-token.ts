/**
 * The bearer token of a request's Authorization header; undefined when missing or malformed.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function bearerToken({ headers }: Request): string | undefined {
  return /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(headers.get('authorization') ?? '')?.[1];
}
