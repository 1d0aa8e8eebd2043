import type { Observation, Patient, Resource } from 'fhir/r4';
import { answerOauth } from '#lib/authorization-server/answer-oauth.ts';
import { Browser, type TokenResponse, tokensFor } from '#lib/authorization-server/tests/browser.ts';
import {
  makeClient,
  makeLaunch,
  makeSandbox,
  type SandboxFixture,
} from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { env } from '#lib/env.ts';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { answerFhir } from '#lib/resource-server/answer-fhir.ts';

/** Routes a request to the authorization server or the resource server of a sandbox; nobody is signed in. */
export function answer(request: Request): Promise<Response> {
  const [, slug = '', room] = new URL(request.url).pathname.split('/');
  return room === 'fhir' ? answerFhir(request, slug) : answerOauth(request, slug, async () => undefined);
}

/** A `fetch` for client libraries that calls the servers of this process directly. */
export function fetchHere(url: string | URL | Request, init?: object): Promise<Response> {
  return answer(new Request(url, init));
}

/**
 * Makes a sandbox with three patients, each with a laboratory value and a weight; `baby` and `twin-record` are linked.
 */
export async function makeHospital(): Promise<SandboxFixture> {
  const sandbox = await makeSandbox();
  const linked: Patient = {
    resourceType: 'Patient',
    id: 'twin-record',
    link: [{ other: { reference: 'Patient/baby' }, type: 'seealso' }],
  };
  const link: Patient['link'] = [{ other: { reference: 'Patient/twin-record' }, type: 'seealso' }];
  const baby: Patient = { resourceType: 'Patient', id: 'baby', name: [{ family: 'Test-baby' }], link };
  const doctor: Resource = { resourceType: 'Practitioner', id: 'dr-chen' };
  const values = ['baby', 'peter', 'twin-record'].flatMap((id) => [value(id, 'laboratory'), value(id, 'vital-signs')]);
  await putResources(sandbox.id, [baby, linked, doctor, ...values]);
  return sandbox;
}

export const categories = 'http://terminology.hl7.org/CodeSystem/observation-category';

function value(patient: string, category: string): Observation {
  return {
    resourceType: 'Observation',
    id: `${patient}-${category}`,
    status: 'final',
    code: { text: category },
    category: [{ coding: [{ system: categories, code: category }] }],
    subject: { reference: `Patient/${patient}` },
  };
}

export function chenOf(sandbox: SandboxFixture): Browser {
  return new Browser(sandbox, sandbox.users.chen);
}

/**
 * Launches a trusted public app as the clinician, for the patient `baby` by default, and returns its tokens for
 * `scope`.
 */
export async function launchedTokens(
  sandbox: SandboxFixture,
  scope: string,
  parameters: object = { patient: 'baby' },
): Promise<TokenResponse & { clientId: string }> {
  const clientId = await makeClient(sandbox);
  const launch = await makeLaunch(sandbox, clientId, parameters);
  const nonce = scope.includes('openid') ? 'the nonce' : undefined;
  return { ...(await tokensFor(chenOf(sandbox), clientId, { scope, launch, nonce })), clientId };
}

/** Requests `path`, such as `/Patient/1`, from the FHIR server, with the access token if given. */
export function askFhir(
  { slug }: SandboxFixture,
  path: string,
  accessToken?: string,
  init: RequestInit = {},
): Promise<Response> {
  const authorization = accessToken && `Bearer ${accessToken}`;
  const headers = { ...withoutUndefined({ authorization }), ...init.headers };
  return answer(new Request(`${env().origin}/${slug}/fhir${path}`, { ...init, headers }));
}

/** Ids found by a search, sorted. */
export async function idsFound(sandbox: SandboxFixture, path: string, accessToken: string): Promise<string[]> {
  const response = await askFhir(sandbox, path, accessToken);
  const { entry = [] } = await response.json();
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return entry.map(({ resource }: { resource: Resource }) => resource.id ?? '').sort();
}
