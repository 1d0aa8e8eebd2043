import { expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { Browser, tokensFor } from './browser.ts';
import { makeClient, makeSandbox } from './sandbox-fixture.ts';

it('tokens live as long as the registration says, else as the sandbox says, else as usual', async () => {
  const sandbox = await makeSandbox();
  const [plain, own] = [await makeClient(sandbox), await makeClient(sandbox, { accessTokenLifetime: 120 })];
  const expiry = async (clientId: string) => {
    const tokens = await tokensFor(new Browser(sandbox, sandbox.users.chen), clientId, { scope: 'openid user/*.rs' });
    return (tokens as unknown as { expires_in: number }).expires_in;
  };
  expect([await expiry(plain), await expiry(own)]).toEqual([3600, 120]);
  await database().sandbox.update({ where: { id: sandbox.id }, data: { accessTokenLifetime: 600 } });
  expect([await expiry(plain), await expiry(own)]).toEqual([600, 120]);
});
