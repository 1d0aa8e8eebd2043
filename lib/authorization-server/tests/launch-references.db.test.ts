/** Launches of a backend, which does not know who opens them, that name what this person may not see. */
import type { Resource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { putResources } from '#lib/data/resource/resources.ts';
import { answerToApp, authorizeUrl, Browser } from './browser.ts';
import { makeClient, makeEncounter, makeLaunch, makeSandbox, type SandboxFixture } from './sandbox-fixture.ts';

let sandbox: SandboxFixture;
let clientId: string;

const study = (id: string, patient: string) =>
  ({ resourceType: 'ImagingStudy', id, status: 'available', subject: { reference: `Patient/${patient}` } }) as Resource;

beforeAll(async () => {
  sandbox = await makeSandbox();
  clientId = await makeClient(sandbox);
  await putResources(sandbox.id, [study('own', 'peter'), study('theirs', 'baby'), makeEncounter('own', 'peter')]);
});

async function open(user: 'chen' | 'peter', parameters: object) {
  const launch = await makeLaunch(sandbox, clientId, parameters, sandbox.users[user]);
  const scope = 'launch patient/*.rs';
  const browser = new Browser(sandbox, sandbox.users[user]);
  const { code, error, error_description } = answerToApp(
    await browser.visit(authorizeUrl(sandbox, clientId, { launch, scope, nonce: undefined })),
  );
  return code ? 'granted' : `${error}: ${error_description}`;
}

const named: [string, (id: string) => object][] = [
  ['fhirContext', (id) => ({ patient: 'peter', fhirContext: [{ reference: `ImagingStudy/${id}` }] })],
  ['fhirContext as text', (id) => ({ patient: 'peter', fhirContext: [`ImagingStudy/${id}`] })],
  ['resource', (id) => ({ patient: 'peter', resource: `ImagingStudy/${id}` })],
  ['location', (id) => ({ patient: 'peter', location: `ImagingStudy/${id}` })],
];

describe.each(named)('%s of a launch', (_, parametersOf) => {
  it('is within what the person who opens it may see', async () => {
    const refused = await open('peter', parametersOf('theirs'));
    expect(refused).toMatch(/^access_denied: .*may not see/);
    expect(await open('peter', parametersOf('none'))).toBe(refused);
    expect(await open('peter', parametersOf('own'))).toBe('granted');
    expect(await open('chen', parametersOf('theirs'))).toBe('granted');
  });
});

it('refuses an encounter alike', async () => {
  expect(await open('peter', { encounter: 'visit' })).toMatch(/^access_denied: /);
  expect(await open('peter', { patient: 'peter', encounter: 'own' })).toBe('granted');
});
