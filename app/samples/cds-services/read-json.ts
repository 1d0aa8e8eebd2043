const maxLength = 4 * 1024 * 1024;

/** Stands for the JSON of a body that is too long. */
export const tooLong = Symbol('too long');

/** Reads the JSON of a request of at most 4 MB, as anybody may send one; undefined when it is no JSON. */
export async function readJson(request: Request): Promise<unknown> {
  const decoder = new TextDecoder();
  const reader = request.body?.getReader();
  let text = '';
  for (let left = maxLength; ; ) {
    const { done = true, value } = (await reader?.read()) ?? {};
    if (done) return parsed(text);
    left -= value?.byteLength ?? 0;
    if (left < 0) return tooLong;
    text += decoder.decode(value, { stream: true });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
