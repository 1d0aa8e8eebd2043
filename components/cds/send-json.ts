/** Posts JSON to one of our own routes; a refusal is an Error with the sentence that the server gave. */
export async function sendJson<Answer>(address: string, body: object): Promise<Answer> {
  const response = await postJson(address, body);
  return response.json();
}

/** The same, with the answer as it comes. */
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

/** What to tell a person of what was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'Something went wrong. Try again.';
}
