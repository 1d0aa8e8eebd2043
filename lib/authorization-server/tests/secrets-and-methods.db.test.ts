import { beforeAll, describe, expect, it } from 'vitest';
import { hashClientSecret } from '#lib/data/client/secrets.ts';
import { database } from '#lib/data/database/database.ts';
import { post } from './browser.ts';
import { makeKey, makeService, proofOf, sign } from './key-client.ts';
import { makeClient, makeSandbox, type SandboxFixture, secret } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;

beforeAll(async () => {
  sandbox = await makeSandbox();
});

/** A request that any authenticated client may make. */
const request = { token: 'of nobody' };
const service = { type: 'secret' as const };
const base64 = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const formEncoded = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);

async function serviceWithSecret(ownSecret: string): Promise<string> {
  const clientId = await makeClient(sandbox, service);
  await database().client.update({
    where: { sandboxId_clientId: { sandboxId: sandbox.id, clientId } },
    data: { clientSecretHash: await hashClientSecret(ownSecret) },
  });
  return clientId;
}

describe.each(['simple', 'a+b c', '100%', '%41', 'a:b&c=d', '50%2B'])('the secret %j', (own) => {
  it('is accepted as it is, form-encoded, and in the form', async () => {
    const clientId = await serviceWithSecret(own);
    const answers = await Promise.all([
      post(sandbox, 'introspect', request, { authorization: base64(`${clientId}:${own}`) }),
      post(sandbox, 'introspect', request, { authorization: base64(`${clientId}:${formEncoded(own)}`) }),
      post(sandbox, 'introspect', request, { authorization: base64(`${clientId}:${encodeURIComponent(own)}`) }),
      post(sandbox, 'introspect', { ...request, client_id: clientId, client_secret: own }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('is not matched by similar secrets', async () => {
    const clientId = await serviceWithSecret(own);
    for (const other of [`${own} `, own.slice(1), own.toUpperCase() + own, '%']) {
      const response = await post(sandbox, 'introspect', request, { authorization: base64(`${clientId}:${other}`) });
      expect([response.status, (await response.json()).error]).toEqual([401, 'invalid_client']);
    }
  });
});

describe('a client proves itself', () => {
  it('in one way at a time', async () => {
    const clientId = await makeClient(sandbox, service);
    const authorization = base64(`${clientId}:${encodeURIComponent(secret)}`);
    const form = { client_id: clientId, client_secret: secret };
    const both = await post(sandbox, 'introspect', { ...request, ...form }, { authorization });
    expect([both.status, (await both.json()).error]).toEqual([400, 'invalid_request']);
    const key = await makeKey();
    const keyed = await makeService(sandbox, { keys: [key] });
    const assertion = proofOf(await sign(sandbox, keyed, key));
    const mixed = await post(sandbox, 'introspect', { ...request, ...form, ...assertion });
    expect((await mixed.json()).error).toBe('invalid_request');
  });

  it('in no weaker way than the registered one', async () => {
    const key = await makeKey();
    const keyed = await makeService(sandbox, { keys: [key] });
    const withSecret = await makeClient(sandbox, service);
    const attempts = [
      post(sandbox, 'introspect', { ...request, client_id: keyed }),
      post(sandbox, 'introspect', { ...request, client_id: keyed, client_secret: secret }),
      post(sandbox, 'introspect', { ...request, client_id: keyed, client_secret: JSON.stringify(key.publicJwk) }),
      post(sandbox, 'introspect', request, { authorization: base64(`${keyed}:none`) }),
      post(sandbox, 'introspect', { ...request, client_id: withSecret }),
    ];
    for (const response of await Promise.all(attempts)) {
      expect([response.status, (await response.json()).error]).toEqual([401, 'invalid_client']);
    }
  });

  it('for itself alone: client_id and assertion must agree', async () => {
    const key = await makeKey();
    const [one, other] = [await makeService(sandbox, { keys: [key] }), await makeService(sandbox, { keys: [key] })];
    const fields = { ...request, ...proofOf(await sign(sandbox, one, key)), client_id: other };
    const response = await post(sandbox, 'introspect', fields);
    expect([response.status, (await response.json()).error]).toEqual([400, 'invalid_request']);
  });

  it.each(['Basic', 'Basic !!!', 'Basic Og==', 'Basic YQ==', 'Digest abc', 'Basic YTpi YTpi'])(
    'not with the header %j',
    async (authorization) => {
      const response = await post(sandbox, 'introspect', request, { authorization });
      expect([400, 401]).toContain(response.status);
    },
  );
});
