import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { captureLog } from '#lib/log/tests/captured-log.ts';
import { findSignInRequest } from '../interaction/sign-in-request.ts';
import { authorizeUrl, Browser, tokensFor } from './browser.ts';
import { makeClient, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';
import { Visit } from './visit.ts';

let sandbox: SandboxFixture;
let clientId: string;

const scope = 'openid user/*.rs';

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
});

/** The request as the sign-in page shows it, for a user who is signed in or for nobody. */
async function waiting(parameters: Record<string, string | undefined> = {}, userId?: string) {
  const visit = await Visit.by(sandbox, userId).start(clientId, { scope, ...parameters });
  return findSignInRequest(sandbox.slug, visit.uid);
}

describe('the sign-in page', () => {
  it('knows for which app and sandbox somebody signs in', async () => {
    expect(await waiting()).toMatchObject({
      sandbox: { slug: sandbox.slug },
      app: { name: 'Growth chart' },
      reason: undefined,
      username: undefined,
    });
  });

  it('knows why being signed in is not enough', async () => {
    const { chen, admin } = sandbox.users;
    const { id_token: hint } = await tokensFor(new Browser(sandbox, admin), clientId, { scope });
    expect((await waiting({ prompt: 'login' }, chen))?.reason).toBe('again');
    expect((await waiting({ max_age: '0' }, chen))?.reason).toBe('again');
    expect((await waiting({ prompt: 'select_account' }, chen))?.reason).toBe('another-account');
    expect((await waiting({ id_token_hint: hint }, chen))?.reason).toBe('certain-user');
  });

  it('takes over the username that the app suggests', async () => {
    expect((await waiting({ login_hint: 'dr.chen' }))?.username).toBe('dr.chen');
    expect((await waiting({ login_hint: 'x'.repeat(200) }))?.username).toHaveLength(200);
  });

  it.each(['x'.repeat(201), 'two\nlines', 'bell\u0007'])('does not take over what is no username', async (hint) =>
    expect((await waiting({ login_hint: hint }))?.username).toBeUndefined(),
  );

  it('takes over the username of the user whom the app means', async () => {
    const { id_token: hint } = await tokensFor(new Browser(sandbox, sandbox.users.admin), clientId, { scope });
    const { username } = await database().user.findUniqueOrThrow({ where: { id: sandbox.users.admin } });
    expect((await waiting({ id_token_hint: hint, login_hint: 'another' }))?.username).toBe(username);
  });

  it('knows only the sandbox of a request that is over, unknown, or of another sandbox', async () => {
    const other = await makeSandbox();
    const visit = await Visit.by(sandbox).start(clientId, { scope });
    expect(await findSignInRequest(other.slug, visit.uid)).toEqual({
      sandbox: expect.objectContaining({ id: other.id }),
    });
    expect(await findSignInRequest(sandbox.slug, 'unknown')).not.toHaveProperty('app');
    await database().oidcPayload.deleteMany({ where: { sandboxId: sandbox.id, model: 'Interaction' } });
    expect(await findSignInRequest(sandbox.slug, visit.uid)).not.toHaveProperty('app');
    expect(await findSignInRequest('no-such-sandbox', visit.uid)).toBeUndefined();
  });

  it('knows nothing of an app that was disabled since', async () => {
    const disabled = await makeClient(sandbox);
    const visit = await Visit.by(sandbox).start(disabled, { scope });
    await database().client.update({
      where: { sandboxId_clientId: { sandboxId: sandbox.id, clientId: disabled } },
      data: { enabled: false },
    });
    expect(await findSignInRequest(sandbox.slug, visit.uid)).not.toHaveProperty('app');
  });
});

it('a login_hint is in no address that we send the browser to, and in no log', async () => {
  const logged = captureLog();
  const browser = new Browser(sandbox);
  const response = await browser.visit(authorizeUrl(sandbox, clientId, { scope, login_hint: 'secret.person' }));
  expect(response.headers.get('location')).not.toContain('secret.person');
  expect(response.headers.get('location')).toContain('/oauth/interaction/');
  expect(logged.text()).not.toContain('secret.person');
  logged.end();
});
