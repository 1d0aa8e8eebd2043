import { AsyncResource } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';

/**
 * Keeps the body of a request back until it has arrived whole, and gives it to `onWhole`; whoever reads the request
 * afterwards gets it as ever. `onWhole` runs as part of the work that asks for it, and not of the parser that the body comes from. A body of more than `limit` bytes is not kept: it goes on to whoever counts it.
 */
export function holdBody(request: IncomingMessage, limit: number, onWhole: (body: Buffer) => void): void {
  const push = request.push.bind(request);
  const whole = AsyncResource.bind(onWhole);
  const held: Uint8Array[] = [];
  let left = limit;
  const letGo = () => {
    request.push = push;
    for (const chunk of held) push(chunk);
  };
  request.push = (chunk) => {
    if (chunk === null) {
      letGo();
      push(null);
      whole(Buffer.concat(held));
      return false;
    }
    held.push(chunk);
    left -= chunk.byteLength;
    if (left < 0) letGo();
    return true;
  };
}
