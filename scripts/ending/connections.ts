import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { endingSignal, isEnding } from '#lib/work/ending.ts';

/** How often connections are looked at that have become idle meanwhile, in milliseconds. */
const lookEvery = 50;

/** The connections of a server, which can be closed without cutting an answer short. */
export interface Connections {
  /**
   * Accepts no more, closes what is idle, has the answers under way say that they are the last of their connections,
   * and waits for them until `over`; then cuts the rest.
   * @returns how many answers were cut
   */
  finish(over: AbortSignal): Promise<number>;
}

/** Watches the connections of a server that is not listening yet. */
export function connectionsOf(server: Server): Connections {
  const sockets = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  const arrive = (_: IncomingMessage, response: ServerResponse) => {
    // Such a request came over a connection that was busy when the end began.
    if (isEnding()) response.shouldKeepAlive = false;
    answers.add(response);
    response.once('close', () => answers.delete(response));
  };
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', arrive).prependListener('checkContinue', arrive);
  // Next's in development: nothing else would ever close it.
  server.on('upgrade', (_, socket) => endingSignal().addEventListener('abort', () => socket.destroy()));

  return {
    async finish(over) {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      for (const response of answers) response.shouldKeepAlive = false;
      const closing = closeIdle(server, sockets, over);
      await Promise.race([closed.promise, closing]);
      const cut = answers.size;
      for (const socket of sockets) socket.destroy();
      return cut;
    },
  };
}

/** Closes connections as they become idle, until `over`. One over which nothing has come yet is idle as well. */
async function closeIdle(server: Server, sockets: Set<Socket>, over: AbortSignal): Promise<void> {
  while (!over.aborted && sockets.size > 0) {
    server.closeIdleConnections();
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    await setTimeout(lookEvery, undefined, { signal: over }).catch(() => {});
  }
}
