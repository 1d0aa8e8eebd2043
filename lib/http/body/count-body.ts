import type { IncomingMessage } from 'node:http';

/**
 * Counts the body of a request as it arrives, and calls `onTooLong` once when it has more than `limit` bytes. Whoever
 * reads it gets no more of it then, and learns that it was cut off when the connection has closed.
 */
export function countBody(request: IncomingMessage, limit: number, onTooLong: () => void): void {
  const { socket } = request;
  const push = request.push.bind(request);
  let left = limit;
  request.push = (chunk, encoding) => {
    const fitted = left >= 0;
    left -= chunk instanceof Uint8Array ? chunk.byteLength : 0;
    if (left >= 0) return push(chunk, encoding);
    if (fitted) {
      socket.once('close', () => request.destroy());
      onTooLong();
    }
    return false;
  };
}
