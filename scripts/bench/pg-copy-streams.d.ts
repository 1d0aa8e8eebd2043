declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** A stream of rows in PostgreSQL's text format, to be handed to `client.query`. */
  export function from(statement: string): Writable & Submittable;
}
