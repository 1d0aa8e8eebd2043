/** The refusal of a request that does not even reach oidc-provider. */
export function refusal(status: number, description: string): Response {
  return Response.json(
    { error: 'invalid_request', error_description: description },
    { status, headers: { 'Cache-Control': 'no-store' } },
  );
}
