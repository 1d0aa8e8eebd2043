import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { env } from '#lib/env.ts';
import { forgetCookies, formOf, showSession, signInAs } from '../tests/action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from '../tests/people.ts';
import { changeApp } from './apps/[clientId]/edit/actions.ts';
import { disableApp, enableApp, removeApp, replaceSecret } from './apps/actions.ts';
import { registerApp } from './apps/new/actions.ts';

let ours: number;
let theirs: number;
let people: TwoSandboxes['people'];

beforeAll(async () => {
  ({ ours, theirs, people } = await makeTwoSandboxes());
});

beforeEach(async () => {
  forgetCookies();
  await database().client.deleteMany();
  const app = {
    name: 'Growth chart',
    redirectUris: ['https://a.example.org/'],
    scope: 'launch',
    type: 'secret' as const,
  };
  await database().client.createMany({
    data: [ours, theirs].map((sandboxId) => ({ ...app, sandboxId, clientId: 'growth_chart', clientSecretHash: 'old' })),
  });
});

const named = formOf({ client_id: 'growth_chart' });
const typed = {
  name: 'New',
  redirectUris: 'https://a.example.org/',
  scopes: ['launch', 'openid'],
  type: 'public',
  needs: 'none',
};

const actions: [string, (slug: string) => Promise<unknown>][] = [
  ['register', (slug) => registerApp(slug, {}, formOf(typed))],
  ['change', (slug) => changeApp(slug, 'growth_chart', {}, formOf(typed))],
  ['enable', (slug) => enableApp(slug, named)],
  ['disable', (slug) => disableApp(slug, named)],
  ['remove', (slug) => removeApp(slug, named)],
  ['replace the secret', (slug) => replaceSecret(slug, {}, named)],
];

const everything = () => database().client.findMany({ orderBy: [{ sandboxId: 'asc' }, { clientId: 'asc' }] });

describe.each(actions)('to %s', (_, act) => {
  it.each(['clinician', 'patient', 'stranger'])('a %s is refused, and nothing changes', async (username) => {
    const before = await everything();
    await signInAs(people[username as keyof typeof people]);
    await expect(act('ours')).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;403' });
    expect(await everything()).toEqual(before);
  });

  it('an administrator of one sandbox is refused in another', async () => {
    const before = await everything();
    await signInAs(people.admin);
    await expect(act('theirs')).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;403' });
    await expect(act('nowhere')).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;404' });
    expect(await everything()).toEqual(before);
  });

  it.each([
    ['nobody is signed in', () => {}],
    ['the cookie is made up', () => showSession('eyJhbGciOiJkaXIifQ..x.y.z')],
    ['the user is gone', () => signInAs('ffffffff-0000-0000-0000-000000000000')],
  ])('one must sign in when %s', async (_reason, arrange) => {
    const before = await everything();
    await arrange();
    await expect(act('ours')).rejects.toMatchObject({ digest: expect.stringMatching('^NEXT_REDIRECT;.*;/sign-in') });
    expect(await everything()).toEqual(before);
  });

  it('a session signed with another secret counts for nothing', async () => {
    await signInAs(people.admin, 'guessed');
    await expect(act('ours')).rejects.toMatchObject({ digest: expect.stringMatching('^NEXT_REDIRECT') });
  });
});

describe('an administrator', () => {
  const ourApp = () => database().client.findFirst({ where: { sandboxId: ours, clientId: 'growth_chart' } });
  beforeEach(() => signInAs(people.admin));

  it('registers an app and gets its connection facts', async () => {
    const { registered } = await registerApp('ours', {}, formOf({ ...typed, clientId: 'new_app', type: 'secret' }));
    expect(registered).toMatchObject({
      clientId: 'new_app',
      clientSecret: expect.stringMatching(/^[\w-]{43}$/),
      facts: { iss: `${env().origin}/ours/fhir`, tokenEndpoint: `${env().origin}/ours/oauth/token` },
    });
    const stored = await database().client.findFirst({ where: { clientId: 'new_app' } });
    expect(stored).toMatchObject({ sandboxId: ours, scope: 'launch openid', enabled: false, requirePkce: false });
  });

  it('is told what is wrong beside each field, with what was typed', async () => {
    const wrong = { ...typed, name: '', redirectUris: 'javascript:alert(1)', otherScopes: 'nonsense' };
    const { result, registered } = await registerApp('ours', {}, formOf(wrong));
    expect(registered).toBeUndefined();
    expect(Object.keys(result?.error ?? {}).sort()).toEqual(['name', 'otherScopes', 'redirectUris']);
    expect(result?.initialValue).toMatchObject({ redirectUris: 'javascript:alert(1)', otherScopes: 'nonsense' });
    expect(await database().client.count({ where: { sandboxId: ours } })).toBe(1);
  });

  it('cannot take a client id twice', async () => {
    const { result } = await registerApp('ours', {}, formOf({ ...typed, clientId: 'growth_chart' }));
    expect(result?.error?.clientId?.[0]).toMatch('growth_chart is taken');
    expect((await ourApp())?.clientSecretHash).toBe('old');
  });

  it('survives forms that no browser sends', async () => {
    expect((await registerApp('ours', {}, new FormData())).result?.status).toBe('error');
    const file = formOf(typed);
    file.set('name', new File(['x'], 'x.txt'));
    expect((await registerApp('ours', {}, file)).result?.status).toBe('error');
    expect((await registerApp('ours', {}, formOf({ ...typed, name: ['a', 'b'] }))).result?.status).toBe('error');
    await expect(removeApp('ours', new FormData())).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;404' });
  });

  it('changes an app, and shows the secret that the change of type made', async () => {
    await expect(changeApp('ours', 'growth_chart', {}, formOf(typed))).rejects.toMatchObject({
      digest: expect.stringMatching('^NEXT_REDIRECT;.*changed=growth_chart'),
    });
    expect(await ourApp()).toMatchObject({ name: 'New', type: 'public', clientSecretHash: null });
    const { registered } = await changeApp('ours', 'growth_chart', {}, formOf({ ...typed, type: 'secret' }));
    expect(registered?.clientSecret).toMatch(/^[\w-]{43}$/);
    await expect(changeApp('ours', 'unknown', {}, formOf(typed))).rejects.toMatchObject({
      digest: 'NEXT_HTTP_ERROR_FALLBACK;404',
    });
  });

  it('turns an app off and on, replaces its secret and deletes it, only in the own sandbox', async () => {
    await disableApp('ours', named);
    expect((await ourApp())?.enabled).toBe(false);
    await enableApp('ours', named);
    expect((await ourApp())?.enabled).toBe(true);
    expect((await replaceSecret('ours', {}, named)).clientSecret).toMatch(/^[\w-]{43}$/);
    expect((await replaceSecret('ours', {}, formOf({ client_id: 'unknown' }))).formError).toMatch('gone');
    await removeApp('ours', named);
    expect(await everything()).toMatchObject([{ sandboxId: theirs, clientSecretHash: 'old', enabled: true }]);
  });
});
