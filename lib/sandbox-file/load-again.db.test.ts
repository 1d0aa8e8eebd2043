/** What a start with a sandbox file does to a sandbox that got it before, and that administrators have changed since. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { eventsOf } from '#lib/audit/tests/events.ts';
import { serverLog } from '#lib/data/audit/events.ts';
import { changeCdsService } from '#lib/data/cds/services.ts';
import { deleteClient, registerClient, setClientEnabled } from '#lib/data/client/clients.ts';
import { database } from '#lib/data/database/database.ts';
import { removeScenario } from '#lib/data/launch/scenarios.ts';
import { changeMember, removeMember } from '#lib/data/member/members.ts';
import { hashPassword } from '#lib/data/member/passwords.ts';
import { replacePublishedPasswords } from '#lib/data/member/published-passwords.ts';
import { setPassword } from '#lib/data/member/set-password.ts';
import { authenticateUser } from '#lib/data/member/users.ts';
import { resetSandbox } from '#lib/data/seed/sandbox-reset.ts';
import { findSeed } from '#lib/data/seed/sandbox-seeds.ts';
import { clientRegistration } from '#lib/smart/client/registration.ts';
import { workOnSandboxes } from './fill-sandboxes.ts';
import { type LoadOptions, loadSandboxFiles } from './load-sandbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'load-again-'));
afterAll(() => rmSync(folder, { recursive: true }));

const origin = 'http://localhost:3000';
const options: LoadOptions = { origin, now: new Date('2026-11-20T12:00:00Z') };

let made = 0;
let slug: string;

beforeEach(() => {
  made += 1;
  slug = `again-${made}`;
});

const app = (clientId: string, more: object = {}) => ({
  clientId,
  name: clientId,
  type: 'secret',
  clientSecret: `${clientId}-secret`,
  scope: 'launch patient/*.rs',
  redirectUris: ['/samples/x/'],
  ...more,
});

const service = (id: string, more: object = {}) => ({
  url: 'https://cds.example.org',
  id,
  hook: 'patient-view',
  title: id,
  description: id,
  ...more,
});

const user = (name: string, more: object = {}) => ({
  username: `${name}-${slug}`,
  name,
  password: `${name}-first-password`,
  role: 'clinician',
  ...more,
});

/** A sandbox file as `load` writes it. */
function file(more: object = {}) {
  return {
    slug,
    name: 'Ward',
    users: [user('ada', { role: 'admin' }), user('ben'), user('cleo')],
    clients: [app('one'), app('two')],
    cdsServices: [service('a'), service('b')],
    scenarios: [{ id: 'tour', name: 'Tour', clientId: 'one' }],
    ...more,
  };
}

const path = (name = slug) => join(folder, `${name}.json`);

async function load(content: object, chosen = options) {
  writeFileSync(path(), JSON.stringify(content));
  const loading = await loadSandboxFiles([path()], chosen);
  expect(loading.problems).toEqual([]);
  return loading;
}

const sandboxId = async () => (await database().sandbox.findUniqueOrThrow({ where: { slug } })).id;
const userIdOf = async (name: string) =>
  (await database().user.findUniqueOrThrow({ where: { username: `${name}-${slug}` } })).id;
const signsIn = async (name: string, password: string) =>
  (await authenticateUser(`${name}-${slug}`, password)) !== undefined;

/** Everything that a file can give, as it is stored. */
async function state() {
  const where = { sandboxId: await sandboxId() };
  const db = database();
  const { given: _, seed: __, ...sandbox } = await db.sandbox.findUniqueOrThrow({ where: { slug } });
  return {
    sandbox,
    members: await db.membership.findMany({ where, include: { user: true }, orderBy: { userId: 'asc' } }),
    clients: await db.client.findMany({ where, orderBy: { clientId: 'asc' } }),
    services: await db.cdsService.findMany({ where, orderBy: { serviceId: 'asc' } }),
    scenarios: await db.launchScenario.findMany({ where, orderBy: { id: 'asc' } }),
  };
}

async function choosePassword(name: string, password: string): Promise<void> {
  await setPassword(await userIdOf(name), { passwordHash: await hashPassword(password), mustChange: false });
}

/** What administrators and members do between two starts. */
async function liveOn(): Promise<void> {
  const id = await sandboxId();
  await choosePassword('ada', 'ada-chosen-password');
  await changeMember(id, await userIdOf('ben'), { role: 'patient', fhirUser: 'Patient/p', proxyFor: [] });
  await removeMember(id, await userIdOf('cleo'), '');
  await database().client.updateMany({ where: { sandboxId: id, clientId: 'one' }, data: { name: 'Renamed' } });
  await setClientEnabled(id, 'two', false);
  const { id: b } = await database().cdsService.findFirstOrThrow({ where: { sandboxId: id, serviceId: 'b' } });
  await changeCdsService(id, b, { enabled: false });
  await removeScenario(id, 'tour');
  await database().sandbox.update({ where: { id }, data: { launchLifetime: 77, brand: { colour: '#123456' } } });
}

const told = (events: Awaited<ReturnType<typeof eventsOf>>) =>
  events.map(({ interaction, action, query }) => [interaction, action, query].join(' ')).sort();

describe('a file that is as it was', () => {
  it('changes nothing of what people have done since, and leaves no event', async () => {
    await load(file());
    await liveOn();
    const before = await state();
    const events = await eventsOf(await sandboxId(), () => load(file()));
    expect(await state()).toEqual(before);
    expect(events).toEqual([]);
  });

  it('is so in another order of its members, and at another place', async () => {
    await load(file());
    await liveOn();
    const before = await state();
    const turned = Object.fromEntries(Object.entries(file()).toReversed());
    writeFileSync(path('moved'), JSON.stringify(turned, undefined, 4));
    expect(await loadSandboxFiles([path('moved')], options)).toMatchObject({ problems: [], warnings: [] });
    expect(await state()).toEqual(before);
  });
});

describe('a file that was changed', () => {
  it.each<[what: string, change: () => object, expected: () => string[]]>([
    [
      'a user',
      () => ({ users: [user('ada', { role: 'admin' }), user('ben', { name: 'Benno' }), user('cleo')] }),
      () => [`member U username=ben-${slug}&role=patient&fhirUser=Patient%2Fp&changed=name`],
    ],
    [
      'an app',
      () => ({ clients: [app('one'), app('two', { name: 'Second' })] }),
      () => ['app U client_id=two&changed=name'],
    ],
    [
      'the secret of an app',
      () => ({ clients: [app('one', { clientSecret: 'another-secret' }), app('two')] }),
      () => ['app U client_id=one&change=secret'],
    ],
    ['a new app', () => ({ clients: [app('one'), app('two'), app('three')] }), () => ['app C client_id=three']],
    [
      'a CDS service',
      () => ({ cdsServices: [service('a', { title: 'First' }), service('b')] }),
      () => ['cds-service U service=ID&changed=title'],
    ],
    [
      'a scenario',
      () => ({ scenarios: [{ id: 'tour', name: 'Grand tour', clientId: 'one' }] }),
      () => ['scenario C scenario=tour'],
    ],
    ['a setting', () => ({ launchLifetimeSeconds: 60 }), () => ['settings U launchLifetimeSeconds=60']],
    ['who registers apps', () => ({ registration: 'open' }), () => ['registration U registration=open']],
    ['the brand', () => ({ brand: { color: '#00FF00' } }), () => ['brand U brand=changed']],
  ])('changes %s, nothing else, and tells of it', async (_, change, expected) => {
    await load(file());
    await liveOn();
    const before = await state();
    const events = await eventsOf(await sandboxId(), () => load(file(change())));
    expect(told(events).map((one) => one.replace(/[0-9a-f-]{36}/, 'ID'))).toEqual(expected());
    expect(events.map(({ clientId, method, path: where }) => [clientId, method, where])).toEqual(
      events.map(() => ['command:start', 'RUN', 'npm start']),
    );
    const after = await state();
    const kinds = Object.keys(before) as (keyof typeof before)[];
    expect(kinds.filter((kind) => JSON.stringify(before[kind]) !== JSON.stringify(after[kind]))).toHaveLength(1);
    expect(await signsIn('ada', 'ada-chosen-password')).toBe(true);
  });

  it('leaves alone what it does not say otherwise in the same entry', async () => {
    const id = await load(file()).then(sandboxId);
    await liveOn();
    const anew = (more: object = {}) =>
      file({
        users: [user('ada', { role: 'admin' }), user('ben', { name: 'Benno', ...more }), user('cleo')],
        clients: [app('one', { scope: 'launch', enabled: true }), app('two', { name: 'Second' })],
        cdsServices: [service('a'), service('b', { title: 'Second', enabled: true })],
      });
    await load(anew());
    const { members, clients, services } = await state();
    const ben = members.find(({ user: { username } }) => username === `ben-${slug}`);
    expect(ben).toMatchObject({ role: 'patient', fhirUser: 'Patient/p', user: { name: 'Benno' } });
    expect(clients).toMatchObject([
      { name: 'Renamed', scope: 'launch', enabled: true },
      { name: 'Second', enabled: false },
    ]);
    expect(services).toMatchObject([
      { serviceId: 'a', enabled: true },
      { title: 'Second', enabled: false },
    ]);
    const events = await eventsOf(id, () => load(anew({ role: 'admin' })));
    expect(told(events)).toEqual([`member U username=ben-${slug}&role=admin&fhirUser=Patient%2Fp&changed=role`]);
  });

  it('enables again what it had disabled itself, and says so', async () => {
    const both = (enabled: boolean) => ({
      clients: [app('one', { enabled })],
      cdsServices: [service('a', { enabled })],
    });
    await load(file(both(false)));
    const events = await eventsOf(await sandboxId(), () => load(file(both(true))));
    expect(told(events).map((one) => one.replace(/[0-9a-f-]{36}/, 'ID'))).toEqual([
      'app U client_id=one&changed=enabled',
      'cds-service U service=ID&changed=enabled',
    ]);
  });

  it('leaves switches and roles alone while nobody knows what the file said of them', async () => {
    await load(file());
    await liveOn();
    await database()
      .$executeRaw`UPDATE sandbox SET given = jsonb_set(given, '{parts}', (SELECT jsonb_agg(part - 'members') FROM jsonb_array_elements(given->'parts') part)) WHERE slug = ${slug}`;
    await load(file({ users: [user('ada', { role: 'admin' }), user('ben', { name: 'Benno' }), user('cleo')] }));
    const known = file({ clients: [app('one'), app('two', { name: 'Second' })] });
    await load(known);
    const { members, clients } = await state();
    expect(members.find(({ user: { username } }) => username === `ben-${slug}`)?.role).toBe('patient');
    expect(clients).toMatchObject([{ name: 'Renamed' }, { name: 'Second', enabled: false }]);
  });

  it('gives a user the password that it says otherwise than before, and nobody else', async () => {
    await load(file());
    await liveOn();
    const users = [user('ada', { role: 'admin', password: 'ada-second-password' }), user('ben'), user('cleo')];
    const serverEvents = () => eventsOf(serverLog, () => load(file({ users })));
    const events = await eventsOf(await sandboxId(), async () => {
      expect(told(await serverEvents())).toEqual([`password U username=ada-${slug}&by=sandbox-file`]);
    });
    expect(told(events)).toEqual([`password U username=ada-${slug}&by=sandbox-file`]);
    expect(await signsIn('ada', 'ada-second-password')).toBe(true);
    expect(await signsIn('ada', 'ada-chosen-password')).toBe(false);
    await choosePassword('ada', 'ada-third-password');
    await load(file({ users }));
    expect(await signsIn('ada', 'ada-third-password')).toBe(true);
  });

  it('tells of a new sandbox once', async () => {
    const events = await eventsOf(serverLog, () => load(file()));
    expect(told(events)).toEqual([`sandbox C slug=${slug}&name=Ward`]);
  });

  it('keeps no password or secret in what it remembers', async () => {
    await load(file());
    const { given } = await database().sandbox.findUniqueOrThrow({ where: { slug } });
    expect(JSON.stringify(given)).not.toMatch(/first-password|one-secret/);
  });
});

describe('what a file names no longer', () => {
  const less = () => ({ users: [user('ada', { role: 'admin' })], clients: [app('one')], cdsServices: [service('a')] });

  it('is taken back, with the access that it had', async () => {
    await load(file());
    const id = await sandboxId();
    const payload = { clientId: 'two' };
    const at = new Date('2100-01-01');
    await database().oidcPayload.create({
      data: { sandboxId: id, model: 'AccessToken', id: `token-${slug}`, payload, expiresAt: at },
    });
    const events = await eventsOf(id, () => load(file({ ...less(), scenarios: [] })));
    expect(told(events).map((one) => one.replace(/[0-9a-f-]{36}/, 'ID'))).toEqual([
      'app U client_id=two&change=disabled',
      'cds-service U service=ID&change=disabled',
      `member D username=ben-${slug}`,
      `member D username=cleo-${slug}`,
      'scenario D scenario=tour',
    ]);
    const { members, clients, services, scenarios } = await state();
    expect(members.map((one) => one.user.name)).toEqual(['ada']);
    expect(clients.map(({ clientId, enabled }) => [clientId, enabled])).toEqual([
      ['one', true],
      ['two', false],
    ]);
    expect(services.map(({ serviceId, enabled }) => [serviceId, enabled])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(scenarios).toEqual([]);
    expect(await database().oidcPayload.count({ where: { sandboxId: id, id: `token-${slug}` } })).toBe(0);
    expect(await database().user.count({ where: { username: `ben-${slug}` } })).toBe(0);
  });

  it('stays removed when only the password is another, and that is told', async () => {
    await load(file());
    await removeMember(await sandboxId(), await userIdOf('ben'), '');
    const users = [user('ada', { role: 'admin' }), user('ben', { password: 'ben-second-password' }), user('cleo')];
    const { warnings } = await load(file({ users }));
    expect(warnings.map(({ reason }) => reason)).toEqual([
      expect.stringContaining(`ben-${slug} is no member, and stays none`),
    ]);
    expect((await state()).members.map((one) => one.user.name).sort()).toEqual(['ada', 'cleo']);
  });

  it('comes back when the file names it again', async () => {
    await load(file());
    await load(file(less()));
    await load(file());
    const { members, clients, services } = await state();
    expect(members).toHaveLength(3);
    expect(clients.map(({ enabled }) => enabled)).toEqual([true, true]);
    expect(services.map(({ enabled }) => enabled)).toEqual([true, true]);
    expect(await signsIn('ben', 'ben-first-password')).toBe(true);
  });

  it('comes back as disabled as an administrator had made it', async () => {
    await load(file());
    await liveOn();
    await load(file(less()));
    await load(file());
    const { clients, services } = await state();
    expect(clients.map(({ enabled }) => enabled)).toEqual([true, false]);
    expect(services.map(({ enabled }) => enabled)).toEqual([true, false]);
  });

  it('stays as administrators have made it anew, and so does what they have added', async () => {
    await load(file());
    const id = await sandboxId();
    const registration = (clientId: string) => {
      const { clientSecret: _, ...open } = app(clientId, { type: 'public' });
      return clientRegistration({ origin }).parse(open);
    };
    await deleteClient(id, 'two');
    await registerClient(id, registration('two'));
    await registerClient(id, registration('other'));
    await load(file(less()));
    expect((await state()).clients.map(({ clientId, enabled }) => [clientId, enabled])).toEqual([
      ['one', true],
      ['other', true],
      ['two', true],
    ]);
  });

  it('is never the last administrator, which each start says until there is another', async () => {
    await load(file());
    const without = { users: [user('ben'), user('cleo')] };
    for (const start of ['first', 'second']) {
      const { warnings } = await load(file(without));
      expect(
        warnings.map((one) => `${one.path}: ${one.reason}`),
        start,
      ).toEqual([
        `$.users: ada-${slug} is not in this file any more, but is the only administrator of this sandbox, and stays that`,
      ]);
    }
    const { warnings } = await load(file({ users: [user('ben', { role: 'admin' }), user('cleo')] }));
    expect(warnings).toEqual([]);
    expect((await state()).members.map((one) => `${one.user.name} ${one.role}`).sort()).toEqual([
      'ben admin',
      'cleo clinician',
    ]);
  });

  it('does not make the last administrator something less', async () => {
    await load(file());
    const { warnings } = await load(file({ users: [user('ada'), user('ben'), user('cleo')] }));
    expect(warnings.map(({ path: where }) => where)).toEqual(['$.users[0]']);
    expect((await state()).members.find((one) => one.user.name === 'ada')?.role).toBe('admin');
  });
});

describe('a sandbox that an earlier version loaded', () => {
  const forget = () => database().$executeRaw`UPDATE sandbox SET given = NULL WHERE slug = ${slug}`;

  it('stays as it is at the first start, which remembers what the file says', async () => {
    await load(file());
    await liveOn();
    await forget();
    const before = await state();
    const { warnings } = await load(file());
    expect(await state()).toEqual(before);
    expect(warnings.map((one) => `${one.path}: ${one.reason}`)).toEqual([
      expect.stringContaining(`$.users[2]: cleo-${slug} is no member, and stays none`),
    ]);
    expect((await load(file())).warnings).toEqual([]);
    await load(file({ users: [user('ada', { role: 'admin', password: 'ada-second-password' }), user('ben')] }));
    expect(await signsIn('ada', 'ada-second-password')).toBe(true);
    expect((await state()).members.find((one) => one.user.name === 'ben')?.role).toBe('patient');
  });

  it('gets what the file names only now, and loses what it names no longer', async () => {
    await load(file());
    await forget();
    await load(file({ clients: [app('one'), app('three')] }));
    expect((await state()).clients.map(({ clientId, enabled }) => [clientId, enabled])).toEqual([
      ['one', true],
      ['three', true],
      ['two', false],
    ]);
  });
});

it('gives the published passwords back that this server had taken away', async () => {
  const content = file({ users: [user('ada', { role: 'admin' }), { ...user('ben'), username: 'clinician' }] });
  const published = content.users.map((one) => ({ ...one, password: 'clinician-demo' }));
  await load({ ...content, users: published });
  await choosePassword('ada', 'ada-chosen-password');
  expect((await replacePublishedPasswords(async () => {})).map(({ username }) => username)).toEqual(['clinician']);
  await load({ ...content, users: published });
  expect(await authenticateUser('clinician', 'clinician-demo')).toBeDefined();
  expect(await signsIn('ada', 'ada-chosen-password')).toBe(true);
});

it('is applied once by processes that start at the same moment', async () => {
  for (const content of [file(), file({ name: 'Renamed', clients: [app('one', { name: 'First' })] })]) {
    writeFileSync(path(), JSON.stringify(content));
    const events = () => Promise.all([1, 2, 3].map(() => loadSandboxFiles([path()], options)));
    const found = await database().sandbox.findUnique({ where: { slug } });
    const left = await eventsOf(found?.id ?? serverLog, async () => {
      for (const { problems } of await events()) expect(problems).toEqual([]);
    });
    expect(told(left)).toEqual(
      found
        ? ['app U client_id=one&changed=name', 'app U client_id=two&change=disabled', 'settings U name=Renamed']
        : [`sandbox C slug=${slug}&name=Ward`],
    );
  }
});

describe('a person whom two files give', () => {
  const other = () => ({ ...file(), slug: `${slug}-other`, cdsServices: [], clients: [], scenarios: [] });
  const both = (...contents: ReturnType<typeof file>[]) => {
    for (const content of contents) writeFileSync(path(content.slug), JSON.stringify(content));
    return loadSandboxFiles(
      contents.map((content) => path(content.slug)),
      options,
    );
  };
  const rolesOfBen = async () => {
    const where = { user: { username: `ben-${slug}` } };
    const found = await database().membership.findMany({ where, orderBy: { sandboxId: 'asc' } });
    return found.map(({ role }) => role);
  };

  it('may choose another password: neither file is refused then, nor a third one that gives the first password', async () => {
    await both(file(), other());
    await choosePassword('ben', 'ben-chosen-password');
    const changed = { ...other(), users: [user('ada', { role: 'admin' }), user('ben', { role: 'admin' })] };
    const third = { ...other(), slug: `${slug}-third` };
    for (const start of ['first', 'second']) {
      expect(await both(file(), changed, third), start).toMatchObject({ problems: [], warnings: [] });
      expect(await rolesOfBen(), start).toEqual(['clinician', 'admin', 'clinician']);
      expect(await signsIn('ben', 'ben-chosen-password'), start).toBe(true);
    }
  });

  it('gets the password that both files give instead, when they are loaded together', async () => {
    await both(file(), other());
    const users = [user('ada', { role: 'admin' }), user('ben', { password: 'ben-second-password' }), user('cleo')];
    const refused = await both({ ...other(), users });
    expect(refused.problems.map(({ reason }) => reason)).toEqual([
      expect.stringContaining(`ben-${slug} is also a user of ${slug}, with another password`),
    ]);
    expect(await both({ ...file(), users }, { ...other(), users })).toMatchObject({ problems: [], warnings: [] });
    expect(await signsIn('ben', 'ben-second-password')).toBe(true);
  });
});

it('says of two files that describe one sandbox that each would take back what the other gives', async () => {
  writeFileSync(path(), JSON.stringify(file()));
  writeFileSync(path('twin'), JSON.stringify(file({ users: [] })));
  const { loaded, problems } = await loadSandboxFiles([path(), path('twin')], options);
  expect(loaded).toEqual([]);
  expect(problems.map((one) => one.reason)).toEqual([
    `is also the sandbox of ${path('twin')}, and a sandbox has one file`,
    `is also the sandbox of ${path()}, and a sandbox has one file`,
  ]);
});

describe('data files', () => {
  const withData = () => file({ data: ['again.ndjson'] });
  const patient = (gender: string) =>
    writeFileSync(join(folder, 'again.ndjson'), JSON.stringify({ resourceType: 'Patient', id: 'p', gender }));

  it('are not loaded again when only their times have changed', async () => {
    patient('male');
    expect((await load(withData())).loaded).toMatchObject([{ resources: 1 }]);
    utimesSync(join(folder, 'again.ndjson'), new Date(), new Date('2020-01-01'));
    expect((await load(withData())).loaded).toMatchObject([{ resources: 0, changes: 0 }]);
    patient('other');
    expect((await load(withData())).loaded).toMatchObject([{ resources: 1 }]);
  });

  it('are not loaded again after a reset has brought them back', async () => {
    patient('unknown');
    await load(withData());
    const id = await sandboxId();
    const seed = (await findSeed(id)) ?? expect.fail('no seed');
    await resetSandbox(id, seed, { total: 1, now: new Date() });
    await workOnSandboxes();
    const before = await database().resource.findFirstOrThrow({ where: { sandboxId: id } });
    expect((await load(withData())).loaded).toMatchObject([{ resources: 0 }]);
    expect(await database().resource.findFirst({ where: { sandboxId: id } })).toEqual(before);
  });

  it('are told in the audit log when they are loaded into a sandbox that is there', async () => {
    patient('female');
    await load(file());
    const events = await eventsOf(await sandboxId(), () => load(withData()));
    expect(told(events)).toEqual(['import C resources=1']);
  });
});
