/** What has a body: a Fetch request or response, or a message of Node in the form of one. */
export interface Message {
  headers?: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array> | null;
}

/**
 * Reads the body of a request or response, up to `limit` bytes. One whose Content-Length is more is not read at all.
 * @returns undefined when it is longer
 */
export async function readBody({ headers, body }: Message, limit: number): Promise<Uint8Array | undefined> {
  if (Number(headers?.get('content-length') ?? 0) > limit) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The sentence that refuses a body of more than `limit` bytes. */
export function tooLong(limit: number): string {
  return `The request body is longer than ${limit} bytes.`;
}
