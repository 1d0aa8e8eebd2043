import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wantsOf } from '#lib/cds-hooks/wants.ts';
import { findCdsServices, registerCdsServices } from '#lib/data/cds/services.ts';
import { CdsServer } from '../../cds/tests/cds-server.ts';
import { forgetCookies, formOf, signInAs } from '../../tests/action-request.ts';
import { makeTwoSandboxes, type TwoSandboxes } from '../../tests/people.ts';
import { addServices, changeScope, disableService, enableService, removeService } from './actions.ts';

const cds = new CdsServer();
let ours: number;
let theirs: number;
let people: TwoSandboxes['people'];

beforeAll(async () => {
  await cds.start();
  ({ ours, theirs, people } = await makeTwoSandboxes());
});
afterAll(() => cds.stop());
beforeEach(() => forgetCookies());

const service = { id: 'one', hook: 'patient-view', title: 'One', description: 'x' };
const prefetch = { patient: 'Patient/{{context.patientId}}' };

function discover(...services: object[]): Promise<unknown> {
  cds.answers.set('/cds-services', (response) => response.end(JSON.stringify({ services })));
  return addServices('ours', {}, formOf({ url: cds.discoveryUrl }));
}

describe('an administrator', () => {
  beforeEach(() => signInAs(people.admin));

  it('registers what can be used, switched off and without scopes, and is told of the rest', async () => {
    expect(await discover({ ...service, prefetch }, { ...service, hook: 'other' }, {})).toEqual({
      registered: ['One (patient-view)'],
      problems: ['one: the hook other is not supported here.', expect.stringContaining('services[2]')],
    });
    expect(await findCdsServices(ours)).toMatchObject([{ serviceId: 'one', enabled: false, scope: '', prefetch }]);
    expect(await findCdsServices(theirs)).toEqual([]);
  });

  it('ticks what it may see, and types what else', async () => {
    const [{ id = '' } = {}] = await findCdsServices(ours);
    const form = formOf({
      service: id,
      scope: ['patient/Patient.r', 'user/Practitioner.r'],
      others: 'patient/Device.rs',
    });
    expect(await changeScope('ours', {}, form)).toMatchObject({ saved: true });
    expect(await findCdsServices(ours)).toMatchObject([
      { scope: 'patient/Patient.r user/Practitioner.r patient/Device.rs' },
    ]);
    await changeScope('ours', {}, formOf({ service: id, others: '' }));
    expect(await findCdsServices(ours)).toMatchObject([{ scope: '' }]);
  });

  it('renews a service by its address: what was set here stays, and it gets nothing that it newly asks for', async () => {
    const [{ id = '' } = {}] = await findCdsServices(ours);
    await changeScope('ours', {}, formOf({ service: id, scope: 'patient/Patient.r' }));
    await enableService('ours', formOf({ service: id }));
    const more = { ...prefetch, everybody: 'Patient?name=x', labs: 'Observation?patient={{context.patientId}}' };
    await discover({ ...service, title: 'Renamed', prefetch: more });
    const [renewed] = await findCdsServices(ours);
    expect(renewed).toMatchObject({ id, title: 'Renamed', scope: 'patient/Patient.r', enabled: true, prefetch: more });
    const { wants } = wantsOf(renewed ?? { prefetch: {}, scope: '' });
    expect(wants.map(({ scope, given }) => [scope, given])).toEqual([
      ['patient/Observation.rs', false],
      ['patient/Patient.r', true],
      ['user/Patient.rs', false],
    ]);
    await disableService('ours', formOf({ service: id }));
    expect(await findCdsServices(ours)).toMatchObject([{ enabled: false }]);
  });

  it.each(['system/*.rs', 'nonsense', 'openid'])('cannot give a service %s', async (scope) => {
    const before = await findCdsServices(ours);
    const { ticked, errors } = await changeScope('ours', {}, formOf({ service: before[0]?.id ?? '', scope }));
    expect(ticked).toEqual([scope]);
    expect(errors).toEqual({ scope: [`Only patient/ and user/ scopes can be given, not ${scope}`] });
    expect(await findCdsServices(ours)).toEqual(before);
  });

  it.each([
    ['', 'Give the address of the CDS services.'],
    ['cds.example', 'The address must be an absolute address'],
    ['ftp://cds.example', 'The address must start with https://.'],
    ['http://cds.example', 'The address must use https'],
  ])('is told what is wrong with %j', async (url, message) => {
    const { errors } = await addServices('ours', {}, formOf({ url }));
    expect(errors?.url?.[0]).toContain(message);
  });

  it.each([
    ['<html>', 'The address answered with something that is not JSON.'],
    ['[]', 'The address does not answer with an object that holds a list of services.'],
  ])('is told that %j is no discovery', async (text, message) => {
    cds.answers.set('/cds-services', (response) => response.end(text));
    expect((await addServices('ours', {}, formOf({ url: cds.discoveryUrl }))).errors?.url).toEqual([message]);
  });

  it.each<[string, (response: ServerResponse) => unknown, string]>([
    [
      'redirects',
      (to) => to.writeHead(302, { location: '/' }).end(),
      'answered with a redirect, which is not followed',
    ],
    ['answers 10 MB', (to) => to.end(`["${'x'.repeat(10 * 1024 * 1024)}"]`), 'answered with more than 1 MB'],
    [
      'answers a page',
      (to) => to.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
      'answered with something that is not JSON (text/html)',
    ],
    [
      'answers nothing',
      (to) => to.writeHead(204).end(),
      'does not answer with an object that holds a list of services',
    ],
    ['fails', (to) => to.writeHead(500).end('{"services":[]}'), 'answered with the status 500'],
    ['hangs up', (to) => to.destroy(), 'cannot be reached'],
    ['is silent', () => undefined, 'did not answer within 5 s'],
  ])('is told that the address %s, and what is registered stays', async (_, answer, problem) => {
    const before = await findCdsServices(ours);
    cds.answers.set('/cds-services', answer);
    const state = await addServices('ours', {}, formOf({ url: cds.discoveryUrl }));
    expect(state).toEqual({ typed: { url: cds.discoveryUrl }, errors: { url: [`The address ${problem}.`] } });
    expect(await findCdsServices(ours)).toEqual(before);
  });

  it('changes and removes nothing of another sandbox', async () => {
    const described = { ...service, serviceId: 'one', discoveryUrl: '/x/cds-services', prefetch, usage: '' };
    const { id: _, ...row } = described;
    await registerCdsServices(theirs, [row]);
    const before = await findCdsServices(theirs);
    const form = formOf({ service: before[0]?.id ?? '', scope: '' });
    for (const action of [disableService, enableService, removeService]) {
      await expect(action('ours', form)).rejects.toThrow(/NEXT_/);
    }
    await expect(changeScope('ours', {}, form)).rejects.toThrow(/NEXT_/);
    expect(await findCdsServices(theirs)).toEqual(before);
  });

  it('removes a service of their own', async () => {
    const [{ id = '' } = {}] = await findCdsServices(ours);
    await removeService('ours', formOf({ service: id }));
    expect(await findCdsServices(ours)).toEqual([]);
  });
});

it.each(['clinician', 'patient', 'stranger', 'nobody'])('%s does none of it', async (username) => {
  await signInAs(people.admin);
  await discover(service);
  const before = await findCdsServices(ours);
  const form = formOf({ service: before[0]?.id ?? '', scope: '', url: cds.discoveryUrl });
  forgetCookies();
  if (username !== 'nobody') await signInAs(people[username as keyof typeof people]);
  for (const action of [disableService, enableService, removeService]) {
    await expect(action('ours', form)).rejects.toThrow(/NEXT_/);
  }
  await expect(changeScope('ours', {}, form)).rejects.toThrow(/NEXT_/);
  await expect(addServices('ours', {}, form)).rejects.toThrow(/NEXT_/);
  expect(await findCdsServices(ours)).toEqual(before);
});
