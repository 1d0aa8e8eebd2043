/**
 * A separate process, run by `end.test.ts`: the door and the end of the server, with a handler and a database that do
 * as the test says. It prints its port, what reaches it, and what the database is given.
 */
import type { RequestListener } from 'node:http';
import { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recordRequest } from '#lib/audit/record-request.ts';
import { type Connection, useConnection } from '#lib/data/database/database.ts';
import { nothingTouched } from '#lib/data/touched.ts';
import { env } from '#lib/env.ts';
import { backgroundTurns } from '#lib/work/background.ts';
import { endingSignal } from '#lib/work/ending.ts';
import { makeDoor } from '#scripts/door.ts';
import { connectionsOf } from '#scripts/ending/connections.ts';
import { endWhenTold } from '#scripts/ending/end.ts';
import { writeLast } from '#scripts/ending/last-writes.ts';

const database = process.argv[2];
const say = (what: string) => process.stdout.write(`${what}\n`);

const answered = async () => {
  say('the database is given the audit log');
  return { rows: [], count: 0 };
};
// biome-ignore lint/correctness/useHookAtTopLevel: no hook of React, but a connection to use.
useConnection({
  driver: { send: database === 'hangs' ? () => new Promise(() => {}) : answered },
  close: async () => say('the database is closed'),
} as unknown as Connection);

const handlers: Record<string, RequestListener> = {
  '/': (_, response) => void response.end('ok'),
  // The head of the answer is on its way when the end begins, and the rest comes after it.
  '/streams': (_, response) => {
    response.write('the beginning');
    endingSignal().addEventListener('abort', () => setImmediate(() => response.end(' and the end')));
  },
  '/waits': (_, response) => {
    endingSignal().addEventListener('abort', () => setImmediate(() => response.end('the whole answer')));
  },
  '/never': () => {},
};
const handler: RequestListener = (request, response) => {
  handlers[request.url ?? '/']?.(request, response);
  say(`reached ${request.url}`);
};

const door = makeDoor({
  own: { origin: 'https://ehr.example' },
  trustedProxies: [],
  handler,
  upgrades: new Server(),
  policy: { development: false, sampleServers: [] },
});
const connections = [connectionsOf(door)];
void backgroundTurns
  .run('sandbox 1', async () => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await backgroundTurns.pass('sandbox 1');
    }
  })
  .catch((error: Error) => say(`the background: ${error.message}`));
const limits = { writing: 300, closing: 300 };
endWhenTold({
  connections,
  seconds: env().running.shutdownSeconds,
  last: () => {
    recordRequest(
      0,
      {},
      {
        method: 'POST',
        path: '/',
        query: '',
        interaction: 'sign-out',
        status: 200,
        touched: nothingTouched(),
      },
    );
    return writeLast({}, limits);
  },
});
door.listen(0, '127.0.0.1', () => say(`port ${(door.address() as AddressInfo).port}`));
