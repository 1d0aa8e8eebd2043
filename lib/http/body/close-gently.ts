import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How much of a refused body is taken from the connection and thrown away, and for how long. */
const maxDrained = 64 * 1024 * 1024;
const maxDrainSeconds = 10;

/**
 * Makes an answer that leaves before its request has arrived whole end the connection: it says `Connection: close`, and
 * what the client still sends is thrown away for a while. Closed at once, the connection would be reset, and the client
 * would lose the answer; kept open, it would take the rest of the body for its next request.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-9.6
 */
export function closeUnlessWhole(request: IncomingMessage, response: ServerResponse): void {
  // Taken now: whoever gives up reading takes the socket from the request.
  const { socket } = request;
  const { writeHead } = response;
  const writeHeadAndClose = (...sent: unknown[]) => {
    if (!request.complete) {
      response.shouldKeepAlive = false;
      drainAtTheEnd(socket);
    }
    return Reflect.apply(writeHead, response, sent);
  };
  Object.assign(response, { writeHead: writeHeadAndClose });
}

/** Has the socket drained where the server would destroy it: when it has nothing more to send. */
function drainAtTheEnd(socket: Socket): void {
  socket.destroySoon = () => {
    let left = maxDrained;
    // The HTTP parser listens here, and would stop reading for a request that nobody reads.
    socket.removeAllListeners('data');
    socket.on('data', ({ length }: Buffer) => {
      left -= length;
      if (left < 0) socket.destroy();
    });
    socket.once('end', () => socket.destroy());
    const timer = setTimeout(() => socket.destroy(), maxDrainSeconds * 1000).unref();
    socket.once('close', () => clearTimeout(timer));
    socket.end();
    socket.resume();
  };
}
