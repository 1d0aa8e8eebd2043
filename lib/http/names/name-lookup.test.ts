import { createSocket, type Socket } from 'node:dgram';
import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nameLookup } from './name-lookup.ts';

/** What the name server of the tests knows: addresses by name and kind; of every other name it says nothing at all. */
const zone: Record<string, { 1?: string[]; 28?: string[] } | 'unknown'> = {
  'app.example': { 1: ['192.0.2.1', '192.0.2.2'], 28: ['2001:db8::1'] },
  'half.example': { 1: ['192.0.2.3'] },
  'short.lan': { 1: ['192.0.2.4'], 28: [] },
  'gone.example': 'unknown',
  'gone.example.lan': 'unknown',
};

let server: Socket;
let asked: string[] = [];
let options: { servers: string[]; hostsFile: string; resolvConf: string };

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'names-'));
  options = { servers: [], hostsFile: join(folder, 'hosts'), resolvConf: join(folder, 'resolv.conf') };
  writeFileSync(options.hostsFile, '192.0.2.9 own.example\n');
  writeFileSync(options.resolvConf, 'search lan\n');
  server = createSocket('udp4');
  server.on('message', (query, { address, port }) => {
    const answer = answerTo(query);
    if (answer) server.send(answer, port, address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  options.servers = [`127.0.0.1:${(server.address() as AddressInfo).port}`];
});
beforeEach(() => {
  asked = [];
});
afterAll(() => server.close());

/** The answer of the zone to a DNS query with one question; undefined for a name that it is silent about. */
function answerTo(query: Buffer): Buffer | undefined {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = query.readUInt16BE(at + 1) as 1 | 28;
  const name = labels.join('.').toLowerCase();
  asked.push(name);
  const known = zone[name];
  const addresses = known && known !== 'unknown' ? known[type] : [];
  if (!known || !addresses) return undefined;
  const records = addresses.map((address) => recordOf(type, address));
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(known === 'unknown' ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  return Buffer.concat([head, query.subarray(12, at + 5), ...records]);
}

function recordOf(type: 1 | 28, address: string): Buffer {
  const data =
    type === 1
      ? Buffer.from(address.split('.').map(Number))
      : Buffer.concat([Buffer.from('20010db8', 'hex'), Buffer.alloc(11), Buffer.from([1])]);
  const head = Buffer.from([0xc0, 0x0c, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([head, data]);
}

type Lookup = ReturnType<typeof nameLookup>;

const all = (lookup: Lookup, name: string, family?: number) =>
  new Promise<string[]>((resolve, reject) => {
    lookup(name, { all: true, ...(family ? { family } : {}) }, (error, found) => {
      if (error) reject(error);
      else resolve([found].flat().map((one) => (typeof one === 'string' ? one : one.address)));
    });
  });

const lookup = (more: object = {}) => nameLookup({ ...options, patience: 400, ...more });

describe('finds', () => {
  it.each<[what: string, name: string, expected: string[]]>([
    ['all addresses of a name', 'app.example', ['192.0.2.1', '192.0.2.2', '2001:db8::1']],
    ['those of one kind when nobody answers for the other', 'half.example', ['192.0.2.3']],
    ['a short name by the search list', 'short', ['192.0.2.4']],
    ['a name of the hosts file', 'OWN.example', ['192.0.2.9']],
    ['this machine', 'localhost', ['127.0.0.1', '::1']],
  ])('%s', async (_, name, expected) => {
    expect((await all(lookup(), name)).toSorted()).toEqual(expected.toSorted());
  });

  it('addresses of one kind, and a single one, as it is asked', async () => {
    expect(await all(lookup(), 'app.example', 6)).toEqual(['2001:db8::1']);
    const single = new Promise((resolve) => {
      lookup()('half.example', {}, (_, address, family) => resolve([address, family]));
    });
    expect(await single).toEqual(['192.0.2.3', 4]);
  });
});

describe('a name that cannot be resolved', () => {
  it.each<[what: string, name: string, code: string]>([
    ['because nobody answers', 'silent.example', 'ETIMEOUT'],
    ['because there is none', 'gone.example', 'ENOTFOUND'],
    ['because it has no address of this kind', 'own.example', 'ENOTFOUND'],
  ])('fails in time %s', async (_, name, code) => {
    const began = performance.now();
    await expect(all(lookup(), name, name === 'own.example' ? 6 : undefined)).rejects.toMatchObject({ code });
    expect(performance.now() - began).toBeLessThan(2000);
  });

  it('fails at once for a while, and is then asked again', async () => {
    let now = 0;
    const remembering = lookup({ memory: 1000, clock: () => now });
    await expect(all(remembering, 'gone.example')).rejects.toThrow();
    const before = asked.length;
    expect(before).toBeGreaterThan(0);
    await expect(all(remembering, 'GONE.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(asked).toHaveLength(before);
    now = 1001;
    await expect(all(remembering, 'gone.example')).rejects.toThrow();
    expect(asked.length).toBeGreaterThan(before);
  });

  it('is asked once for all who wait for it', async () => {
    const shared = lookup();
    const failed = await Promise.allSettled(Array.from({ length: 50 }, () => all(shared, 'silent.example')));
    expect(failed.every(({ status }) => status === 'rejected')).toBe(true);
    expect(asked.length).toBeLessThan(20);
  });
});

it('is how every name is looked up: dns.lookup would hold one of four threads for as long as a name server is silent', () => {
  const sources = globSync('{app,components,lib}/**/*.{ts,tsx}').filter((file) => !/\.test\.tsx?$/.test(file));
  const using = sources.filter((file) =>
    /import \{[^}]*\blookup\b[^}]*\} from 'node:dns|\bdns\.lookup\(/.test(readFileSync(file, 'utf8')),
  );
  expect(using).toEqual([]);
});
