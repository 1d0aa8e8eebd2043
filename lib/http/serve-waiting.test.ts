import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { clientGone } from '#lib/work/waiting-client.ts';
import { serveWaiting } from './serve-waiting.ts';

/** Serves with what `answer` does, and gives each request's signal once it is aborted or its answer is complete. */
async function served(answer: (end: () => void) => void) {
  const began = Promise.withResolvers<AbortSignal | undefined>();
  const closed = Promise.withResolvers<void>();
  const server = createServer(
    serveWaiting((_, response) => {
      response.once('close', () => closed.resolve());
      // Asked later: the context must last over everything that is awaited.
      setImmediate(() => began.resolve(clientGone()));
      answer(() => response.end('done'));
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/`, began: began.promise, closed: closed.promise, stop };
}

it('tells the work that its client has gone', async () => {
  const { url, began, closed, stop } = await served(() => {});
  const sent = request(url).on('error', () => {});
  sent.end();
  const gone = await began;
  expect(gone?.aborted).toBe(false);
  sent.destroy();
  await closed;
  expect(gone?.aborted).toBe(true);
  stop();
});

it('does not count the end of an answer as that', async () => {
  const { url, began, closed, stop } = await served((end) => end());
  expect(await (await fetch(url)).text()).toBe('done');
  await closed;
  expect((await began)?.aborted).toBe(false);
  stop();
});
