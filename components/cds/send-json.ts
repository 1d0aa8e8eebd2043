/**
 * Posts JSON to one of our own routes and returns the JSON response.
 * @throws Error with the server's sentence when it refuses.
 */
export async function sendJson<Answer>(address: string, body: object): Promise<Answer> {
  const response = await postJson(address, body);
  return response.json();
}

/**
 * Posts JSON to one of our own routes and returns the response, whose body may be a stream.
 * @throws Error with the server's sentence when it refuses.
 */
export async function postJson(address: string, body: object, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });
  if (response.ok) return response;
  const refusal = await response.json().catch(() => undefined);
  throw new Error(refusal?.error ?? `The server answered with the status ${response.status}. Try again.`);
}

/** The sentence that a person is shown for an error. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'Something went wrong. Try again.';
}
