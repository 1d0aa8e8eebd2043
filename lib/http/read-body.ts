/** Reads the body of a request or response, up to `limit` bytes. @returns undefined when it is longer */
export async function readBody(
  message: { body: AsyncIterable<Uint8Array> | null },
  limit: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of message.body ?? []) {
    length += chunk.byteLength;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
