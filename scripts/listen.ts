/** Serves the built app from this process, which also holds the embedded database, and shuts down cleanly. */

import { Server } from 'node:http';
import next from 'next';
import { busyOf } from '#lib/data/database/trouble/busy.ts';
import { pauseBeforeSweep, sweepInTurn } from '#lib/data/sweep/sweep.ts';
import { env, ownOrigins, prepareSamplesEnv } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import { workOnSandboxes } from '#lib/sandbox-file/fill-sandboxes.ts';
import { startTelemetry } from '#lib/telemetry/start.ts';
import { type Announced, announce } from '#scripts/announce.ts';
import { makeDoor } from '#scripts/door.ts';
import { connectionsOf } from '#scripts/ending/connections.ts';
import { endWhenTold } from '#scripts/ending/end.ts';
import { writeLast } from '#scripts/ending/last-writes.ts';
import { describeHosts, hostsFor } from '#scripts/hosts.ts';
import { listenTrouble } from '#scripts/start-trouble.ts';

/**
 * Starts serving and announces the address. Listens on loopback only, unless HOST names another address.
 * @throws Error if the port is taken, or the machine has no such address
 */
export async function listen({ dev, prepared }: { dev: boolean; prepared: Announced }): Promise<void> {
  const { port, host: chosen, trustedProxies, sampleServers, running } = env();
  prepareSamplesEnv();
  const stopTelemetry = await startTelemetry();
  // Next handles upgrades on a single server only, the first to receive one; this server collects those of all.
  const upgrades = new Server();
  // In production instrumentation.ts logs what fails; Next would print it as well, with whatever secrets it quotes.
  const app = next({ dev, quiet: !dev, port, hostname: 'localhost', httpServer: upgrades });
  await app.prepare();
  const handler = app.getRequestHandler();
  const servers = hostsFor(chosen).map((host) => ({
    host,
    server: makeDoor({
      own: ownOrigins(),
      trustedProxies,
      handler,
      upgrades,
      policy: { development: dev, sampleServers },
    }),
  }));
  const connections = servers.map(({ server }) => connectionsOf(server));
  const listening = await Promise.all(servers.map(({ host, server }) => start(server, port, host)));
  if (!listening.some(Boolean)) {
    throw new Error(`This machine has no address ${describeHosts(chosen, port)} to listen on. HOST chooses another.`);
  }
  // Comes first, as whoever reads the announcement may end the process at once.
  endWhenTold({
    connections,
    seconds: running.shutdownSeconds,
    last: () => writeLast({ writing: own.sweeping, close: stopTelemetry }),
  });
  goOnWithSandboxes();
  sweepNowAndThen();
  announce(prepared);
}

const lookAfter = 15_000;

/**
 * Continues, now and at intervals, work on sandboxes that was abandoned when a process died, this one's predecessor
 * included.
 */
function goOnWithSandboxes(): void {
  const look = () =>
    workOnSandboxes().catch((error) => {
      // Trouble of the database is in the log already.
      if (!busyOf(error)) log.error('Sandboxes could not be worked on.', { error });
    });
  look();
  setInterval(look, lookAfter).unref();
}

/** The sweep that is under way, or the last one. */
const own = { sweeping: Promise.resolve() };

/** Sweeps at intervals, whatever is asked of the server meanwhile; the next time only when the last one is done. */
function sweepNowAndThen(): void {
  const begin = () => {
    own.sweeping = sweepInTurn().finally(sweepNowAndThen);
  };
  setTimeout(begin, pauseBeforeSweep()).unref();
}

function start(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve(true));
    server.once('error', (error: NodeJS.ErrnoException) => {
      // On a machine without IPv6, ::1 does not exist.
      if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') return resolve(false);
      reject(listenTrouble(error, { port, host }));
    });
    server.listen(port, host);
  });
}
