import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSandboxFile } from './read-sandbox-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const origin = 'http://localhost:3000';
const user = { username: 'ann', name: 'Ann', password: 'long enough', role: 'clinician' };
const client = {
  clientId: 'app',
  name: 'App',
  type: 'public',
  scope: 'launch patient/*.rs',
  redirectUris: ['https://app.example.org/'],
};

function read(content: unknown) {
  const file = join(folder, 'sandbox.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readSandboxFile(file, { origin });
}

/** Place and reason of each problem for which a file is refused. */
async function refusals(content: unknown): Promise<[string, string][]> {
  const result = await read(content);
  return 'problems' in result ? result.problems.map(({ path, reason }) => [path, reason]) : [];
}

describe('readSandboxFile', () => {
  it('reads a whole sandbox', async () => {
    const result = await read({
      slug: 'ward',
      name: 'Ward',
      users: [user],
      clients: [client, { ...client, clientId: 'other', type: 'secret', clientSecret: 'a long secret' }],
      data: ['bundles/*.json', { generate: { patients: 3 } }],
    });
    expect(result).toMatchObject({
      sandbox: {
        slug: 'ward',
        launchLifetimeSeconds: 300,
        users: [user],
        data: ['bundles/*.json', { generate: { patients: 3, seed: 1 } }],
      },
    });
  });

  it.each([0, 3601, 1.5])('refuses launch ids that live for %s seconds', async (launchLifetimeSeconds) => {
    expect(await refusals({ slug: 'ward', name: 'X', launchLifetimeSeconds })).toEqual([
      ['$.launchLifetimeSeconds', expect.any(String)],
    ]);
  });

  it.each([
    ['a file that is no JSON', '{\n  "slug": "ward",,\n}', '$', /is not JSON.*line 2/],
    ['a list', [], '$', /expected object/],
    ['a missing name', { slug: 'ward' }, '$.name', /expected string/],
    ['a slug that the server uses itself', { slug: 'api', name: 'X' }, '$.slug', /no word that this server uses/],
    ['an unknown member', { slug: 'ward', name: 'X', colour: 'red' }, '$', /colour/],
    [
      'a short password',
      { slug: 'ward', name: 'X', users: [{ ...user, password: 'short' }] },
      '$.users[0].password',
      /at least 8/,
    ],
    [
      'a patient without a record',
      { slug: 'ward', name: 'X', users: [{ ...user, role: 'patient' }] },
      '$.users[0].fhirUser',
      /needs a fhirUser/,
    ],
    [
      'two users of one name',
      { slug: 'ward', name: 'X', users: [user, user] },
      '$.users[1].username',
      /same as \[0\]\.username/,
    ],
    [
      'two clients of one id',
      { slug: 'ward', name: 'X', clients: [client, client] },
      '$.clients[1].clientId',
      /same as \[0\]\.clientId/,
    ],
    [
      'a secret client without its secret',
      { slug: 'ward', name: 'X', clients: [{ ...client, type: 'secret' }] },
      '$.clients[0].clientSecret',
      /needs its secret/,
    ],
    [
      'a public client with a secret',
      { slug: 'ward', name: 'X', clients: [{ ...client, clientSecret: 'a long secret' }] },
      '$.clients[0].clientSecret',
      /only for clients of type secret/,
    ],
    [
      'a relative redirect URI',
      { slug: 'ward', name: 'X', clients: [{ ...client, redirectUris: ['callback'] }] },
      '$.clients[0].redirectUris[0]',
      /absolute address/,
    ],
    [
      'a scenario of an app that is not there',
      { slug: 'ward', name: 'X', clients: [client], scenarios: [{ id: 'one', name: 'One', clientId: 'other' }] },
      '$.scenarios[0].clientId',
      /not among the clients/,
    ],
    [
      'a scenario of a user who is not there',
      {
        slug: 'ward',
        name: 'X',
        clients: [client],
        users: [user],
        scenarios: [{ id: 'one', name: 'One', clientId: client.clientId, username: 'nobody' }],
      },
      '$.scenarios[0].username',
      /not among the users/,
    ],
    [
      'a scenario that tells an app what only the server tells it',
      {
        slug: 'ward',
        name: 'X',
        clients: [client],
        scenarios: [{ id: 'one', name: 'One', clientId: client.clientId, parameters: { access_token: 'x' } }],
      },
      '$.scenarios[0].parameters',
      /access_token is a name/,
    ],
    [
      'two scenarios of one link',
      {
        slug: 'ward',
        name: 'X',
        clients: [client],
        scenarios: [1, 2].map(() => ({ id: 'one', name: 'One', clientId: client.clientId })),
      },
      '$.scenarios[1].id',
      /same as \[0\]\.id/,
    ],
    [
      'no patients at all',
      { slug: 'ward', name: 'X', data: [{ generate: { patients: 0 } }] },
      '$.data[0].generate.patients',
      />=1/,
    ],
  ])('refuses %s', async (_, content, path, reason) => {
    expect(await refusals(content)).toContainEqual([path, expect.stringMatching(reason)]);
  });

  it('says that a file cannot be read', async () => {
    expect(await readSandboxFile(join(folder, 'absent.json'), { origin })).toMatchObject({
      problems: [{ path: '$', reason: expect.stringMatching(/cannot be read/) }],
    });
  });
});
