/** What came of a call, in a word: `503`, `thrown` for the page of errors, or what it should not be. */
export async function outcomeInTrouble(call: () => unknown): Promise<string> {
  try {
    const answer = await call();
    return answer instanceof Response ? await judged(answer) : 'done';
  } catch (thrown) {
    const { digest = '', message, status } = thrown as { digest?: string; message: string; status?: number };
    if (digest === 'BUSY' && status === 503) return 'thrown';
    return digest.startsWith('NEXT_') ? 'done' : `failed: ${message}`;
  }
}

/** `503` for an answer that says so as it should; otherwise what it says. */
export async function judged(answer: Response): Promise<string> {
  const text = await answer.text();
  if (answer.status !== 503) return `${answer.status} ${text.slice(0, 200)}`;
  if (!/^\d+$/.test(answer.headers.get('retry-after') ?? '')) return '503 without Retry-After';
  return text.length > 20 && !/secret|ECONN|cancel|terminat|57P0/.test(text) ? '503' : `503 that says: ${text}`;
}
