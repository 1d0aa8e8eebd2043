import { Client } from 'pg';

declare module 'pg' {
  interface Client {
    /** What a connection asks the server for when it begins. */
    getStartupConf(): Record<string, string>;
  }
}

/**
 * A connection that speaks of instants in UTC and in the format of ISO 8601, whatever the settings of the server, the
 * database and the role are: Prisma assumes both. They are parameters of their own and not part of `options`, because
 * poolers know these, keep track of them for each client, and refuse `options`.
 */
export class UtcClient extends Client {
  override getStartupConf(): Record<string, string> {
    return { ...super.getStartupConf(), TimeZone: 'UTC', DateStyle: 'ISO' };
  }
}
