/** Writes rows into a table by COPY. @see https://www.postgresql.org/docs/current/sql-copy.html */
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from } from 'pg-copy-streams';

export interface Copy {
  add(values: (string | number | boolean | string[])[]): void;
  /** Resolves once the server has accepted all but the last few blocks. */
  flush(): Promise<void>;
  end(): Promise<void>;
}

/** Amount of text sent at a time. */
const blockLength = 256 * 1024;

/**
 * Begins a COPY on its own connection. Foreign keys are not checked: that would look up the resource of each row, which
 * the bench knows to exist.
 */
export async function copyInto(url: string, table: string, columns: string[]): Promise<Copy> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('SET session_replication_role = replica');
  const stream = client.query(from(`COPY ${table} (${columns.join(', ')}) FROM STDIN`));
  let block = '';
  const write = async (minLength: number) => {
    if (block.length <= minLength) return;
    const text = block;
    block = '';
    if (!stream.write(text)) await once(stream, 'drain');
  };
  return {
    add: (values) => {
      block += `${values.map(fieldOf).join('\t')}\n`;
    },
    flush: () => write(blockLength),
    async end() {
      await write(0);
      stream.end();
      await finished(stream);
      await client.end();
    },
  };
}

function fieldOf(value: string | number | boolean | string[]): string {
  const text = Array.isArray(value) ? `{${value.map((one) => JSON.stringify(one)).join(',')}}` : String(value);
  return /[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character) : text;
}

const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
