/** What a sandbox has no room for, on every way in. */

import { randomUUID } from 'node:crypto';
import type { Bundle, Resource } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { forgetUsage, SandboxFull, usageCounted } from '#lib/data/resource/usage.ts';
import { createSandbox } from '#lib/data/seed/new-sandboxes.ts';
import { env, ownOrigins } from '#lib/env.ts';
import { log } from '#lib/log/log.ts';
import { fhirServer } from '#lib/resource-server/tests/fhir-server.ts';
import { workOnSandboxes } from '#lib/sandbox-file/fill-sandboxes.ts';
import { readSandboxText } from '#lib/sandbox-file/read-sandbox-file.ts';
import { makeSandbox } from '../../sandboxes/new/actions.ts';
import { registerApp } from '../admin/apps/new/actions.ts';
import { POST as job } from '../admin/import/job/route.ts';
import { POST as part } from '../admin/import/part/route.ts';
import { addMember } from '../admin/members/actions.ts';
import { formOf, signInAs } from './action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from './people.ts';

const usual = { ...env().limits };
afterEach(() => {
  Object.assign(env().limits, usual);
});

let made: TwoSandboxes;
beforeEach(async () => {
  await database().sandbox.deleteMany();
  await database().user.deleteMany();
  made = await makeTwoSandboxes();
  await signInAs(made.people.admin);
});

const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, ...more }) as Resource;
const stored = (sandboxId: number) => database().resource.count({ where: { sandboxId, deleted: false } });

describe('resources', () => {
  it('over FHIR are refused with the number and the setting, alone and in Bundles, until others are deleted', async () => {
    const here = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
    env().limits.sandboxResources = 2;
    const put = (id: string, more?: object) => here.send('PUT', `/Patient/${id}`, 'clinician', patient(id, more));
    expect([(await put('a')).status, (await put('b')).status]).toEqual([201, 201]);
    await usageCounted();
    const refused = await put('c');
    expect([refused.status, await refused.text()]).toEqual([
      507,
      expect.stringMatching(/2 resources.*MAX_SANDBOX_RESOURCES/),
    ]);
    const entry = [{ resource: patient('d'), request: { method: 'PUT', url: 'Patient/d' } }];
    const bundle = (type: string) => here.send('POST', '', 'clinician', { resourceType: 'Bundle', type, entry });
    expect((await bundle('transaction')).status).toBe(507);
    const { entry: answers } = (await (await bundle('batch')).json()) as Bundle;
    expect(answers?.[0]?.response?.status).toBe('507');
    expect((await put('a', { active: true })).status).toBe(200);
    expect(await stored(here.sandboxId)).toBe(2);
    expect((await here.send('DELETE', '/Patient/a', 'clinician')).status).toBe(204);
    forgetUsage(here.sandboxId);
    expect((await put('c')).status).toBe(201);
  });

  it('and their former versions take so many bytes', async () => {
    const here = await fhirServer({ clinician: { scope: 'user/*.cruds' } });
    env().limits.sandboxBytes = 50_000;
    const statuses: number[] = [];
    for (const at of Array.from({ length: 10 }, (_, index) => index)) {
      const name = [{ family: 'x'.repeat(9000), text: String(at) }];
      statuses.push((await here.send('PUT', '/Patient/a', 'clinician', patient('a', { name }))).status);
      await usageCounted();
    }
    expect(statuses.slice(0, 5)).toEqual([201, 200, 200, 200, 200]);
    expect(statuses.slice(5)).toEqual([507, 507, 507, 507, 507]);
    expect((await here.send('GET', '/Patient/a/_history', 'clinician')).status).toBe(200);
  });

  it('are counted by every process before it refuses anybody', async () => {
    env().limits.sandboxResources = 3;
    await putResources(made.ours, [patient('a')]);
    await usageCounted();
    // What another process writes.
    const columns = {
      sandboxId: made.ours,
      resourceType: 'Patient',
      digest: '',
      content: '{}',
      lastUpdated: new Date(),
    };
    await database().resource.createMany({
      data: ['b', 'c'].map((id) => ({ ...columns, id, versionId: 1, patients: [] })),
    });
    forgetUsage(made.ours);
    await putResources(made.ours, [patient('a', { active: true })]);
    await usageCounted();
    await expect(putResources(made.ours, [patient('d')])).rejects.toThrow(SandboxFull);
    expect(await stored(made.ours)).toBe(3);
  });

  it('of an import are a problem of their file', async () => {
    env().limits.sandboxResources = 1;
    const post = (path: string, body: string) =>
      new Request(`${env().origin}/ours/admin/import/${path}`, {
        method: 'POST',
        body,
        headers: { 'sec-fetch-site': 'same-origin' },
      });
    const params = { params: Promise.resolve({ sandbox: 'ours' }) };
    const begun = (await (await job(post('job', '{"files":1,"bytes":9}'), params)).json()) as { job: string };
    const place = { job: begun.job, file: 'a.ndjson', lines: 'true', firstLine: '1', bytes: '9', last: 'true' };
    const lines = [patient('a'), patient('b')].map((one) => JSON.stringify(one)).join('\n');
    const answer = await part(post(`part?${new URLSearchParams(place)}`, lines), params);
    const { created, problems } = (await answer.json()) as { created: number; problems: { reason: string }[] };
    expect([created, problems[0]?.reason]).toEqual([0, expect.stringMatching(/1 resources.*MAX_SANDBOX_RESOURCES/)]);
  });

  it('of a new sandbox end its filling, which says why', async () => {
    env().limits.sandboxResources = 50;
    const slug = `s-${randomUUID().slice(0, 8)}`;
    const definition = {
      slug,
      name: 'W',
      launchLifetimeSeconds: 300,
      users: [],
      clients: [],
      cdsServices: [],
      scenarios: [],
    };
    const data = { data: [{ generate: { patients: 20, seed: 1 } }], total: 21 };
    await createSandbox({ ...definition, ...data }, { maker: made.people.admin, now: new Date() });
    vi.spyOn(log, 'error').mockImplementation(() => {});
    await workOnSandboxes();
    const filling = await database().sandboxFilling.findFirst({ where: { sandbox: { slug } } });
    expect(filling?.failure).toMatch(/50 resources.*MAX_SANDBOX_RESOURCES/);
  });
});

describe('people, apps and sandboxes', () => {
  const newAccount = { account: 'new', name: 'Jane Roe', username: 'jane', role: 'clinician', practitioner: '' };
  const invited = { account: 'existing', username: 'somebody', role: 'clinician', practitioner: '' };

  it.each([newAccount, invited])('nobody joins a full sandbox: $account', async (fields) => {
    env().limits.sandboxUsers = 3;
    const { errors } = await addMember('ours', {}, formOf(fields));
    expect(errors?.account).toEqual([expect.stringMatching(/3 members.*MAX_SANDBOX_USERS/)]);
    env().limits.sandboxUsers = 4;
    expect((await addMember('ours', {}, formOf(fields))).errors).toBeUndefined();
    expect((await addMember('ours', {}, formOf({ ...fields, username: 'another' }))).errors?.account).toHaveLength(1);
  });

  it('no app is registered in a full sandbox', async () => {
    const app = {
      name: 'App',
      type: 'public',
      scopes: ['openid'],
      needs: 'none',
      redirectUris: 'https://app.example/',
    };
    env().limits.sandboxClients = 1;
    expect(await registerApp('ours', {}, formOf(app))).toHaveProperty('registered');
    const { result } = await registerApp('ours', {}, formOf(app));
    expect(JSON.stringify(result?.error)).toMatch(/1 apps.*MAX_SANDBOX_CLIENTS/);
  });

  it('who administers enough sandboxes makes no other', async () => {
    env().limits.sandboxesPerOwner = 1;
    const { errors } = await makeSandbox({}, formOf({ content: 'empty', name: 'New', slug: 'other-ward' }));
    expect(errors?.content).toEqual([expect.stringMatching(/1 sandboxes.*MAX_SANDBOXES_PER_OWNER/)]);
    expect(await database().sandbox.count({ where: { slug: 'other-ward' } })).toBe(0);
  });

  it('a sandbox file has no more of them, wherever it comes from', async () => {
    Object.assign(env().limits, { sandboxUsers: 1, sandboxClients: 1 });
    const user = (username: string) => ({ username, name: 'Ann', password: 'long enough', role: 'clinician' });
    const app = (clientId: string) => ({
      clientId,
      name: 'App',
      type: 'public',
      scope: 'openid',
      redirectUris: ['https://a.example/'],
    });
    const file = { slug: 'ward', name: 'Ward', users: [user('a'), user('b')], clients: [app('aa'), app('bb')] };
    expect(await readSandboxText(JSON.stringify(file), 'ward.json', ownOrigins())).toEqual({
      problems: [
        { file: 'ward.json', path: '$.users', reason: expect.stringMatching(/has 2 items, and 1 .*MAX_SANDBOX_USERS/) },
        { file: 'ward.json', path: '$.clients', reason: expect.stringMatching(/MAX_SANDBOX_CLIENTS/) },
      ],
    });
  });
});
