/** An answer to what oidc-provider is not even shown. */
export function refusal(status: number, description: string): Response {
  return Response.json(
    { error: 'invalid_request', error_description: description },
    { status, headers: { 'Cache-Control': 'no-store' } },
  );
}
