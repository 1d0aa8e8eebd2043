import { Client } from 'pg';
import { afterEach, beforeAll, expect, inject, it } from 'vitest';
import { checkServer, requireUtf8 } from './check-server.ts';
import { type Connection, connect, connection, useConnection } from './database.ts';
import type { Driver, Statement } from './driver/driver.ts';

const given = inject('database');
let before: Connection;
beforeAll(() => {
  before = connection();
});
afterEach(() => useConnection(before));

/** The connection with other rows from statements outside of transactions. */
function changing(change: (row: Record<string, unknown>) => Record<string, unknown>): Connection {
  const send = async (statement: Statement) => {
    const { rows, count } = await before.driver.send<Record<string, unknown>>(statement);
    return { rows: rows.map(change), count };
  };
  return { ...before, driver: { send: send as Driver['send'] } };
}

const later = (row: Record<string, unknown>, member: string, by: number) => ({
  ...row,
  ...(member in row && { [member]: member === 'read' ? new Date(Number(row[member]) + by) : Number(row[member]) + by }),
});

it('has nothing to say about a database that is as it should be', async () => {
  await requireUtf8();
  expect(await checkServer(given.kind === 'postgres')).toEqual([]);
});

it.each(['sent', 'read'])('refuses one whose instants are shifted when they are %s', async (member) => {
  useConnection(changing((row) => later(row, member, 19_800_000)));
  await expect(checkServer(false)).rejects.toThrow('Instants come back from the database 5.5 hours off');
});

it.each<[number, string[]]>([
  [50_000, []],
  [150_000, [expect.stringContaining('is 2.5 minutes ahead of that of this machine')]],
  [-7_200_000, [expect.stringContaining('is 120 minutes behind that of this machine')]],
])('tells a clock that is %d ms off', async (by, told) => {
  useConnection(changing((row) => later(row, 'now', by)));
  expect(await checkServer(false)).toEqual(told);
});

it('tells that a pooler keeps no limits', async () => {
  useConnection(changing((row) => ({ ...row, ...('limit' in row && { limit: '0' }) })));
  expect(await checkServer(true)).toEqual([expect.stringContaining('ALTER ROLE … SET statement_timeout')]);
});

it('refuses two addresses that lead to different databases', async () => {
  useConnection(changing((row) => ({ ...row, ...('id' in row && { id: 'another' }) })));
  await expect(checkServer(true)).rejects.toThrow('lead to different databases');
});

it.runIf(given.kind === 'postgres')('refuses a database that does not keep every text', async () => {
  const server = given.kind === 'postgres' ? given.server : '';
  const name = `ascii_${process.pid}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0`);
  await client.end();
  const ascii = connect(new URL(`/${name}`, server).href);
  await expect(requireUtf8(ascii)).rejects.toThrow(`The database ${name} keeps text as SQL_ASCII`);
  await ascii.close();
});
