import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { authorizeUrl, Browser, post, tokensFor } from '#lib/authorization-server/tests/browser.ts';
import { makeClient, makeLaunch, type SandboxFixture } from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { database } from '#lib/data/database/database.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { resourceTypes } from '#lib/fhir/definition/resource-types.ts';
import { askFhir, categories, chenOf, idsFound, launchedTokens, makeHospital } from './servers.ts';

let sandbox: SandboxFixture;
let base: string;

beforeAll(async () => {
  sandbox = await makeHospital();
  base = fhirBaseOf(sandbox.slug);
});

const everyPatient = ['baby', 'peter', 'twin-record'];
const status = async (path: string, token: string) => (await askFhir(sandbox, path, token)).status;

async function tokensOf(username: 'peter' | 'admin', scope: string) {
  const clientId = await makeClient(sandbox);
  const browser = new Browser(sandbox, sandbox.users[username]);
  return tokensFor(browser, clientId, { scope, nonce: undefined });
}

describe('patient scopes', () => {
  it('reach the patient in context and nobody else [SMART 136 170 367]', async () => {
    const { access_token: token, patient } = await launchedTokens(sandbox, 'launch patient/*.rs');
    expect(patient).toBe('baby');
    expect(await idsFound(sandbox, '/Patient', token)).toEqual(['baby']);
    expect(await idsFound(sandbox, '/Observation', token)).toEqual(['baby-laboratory', 'baby-vital-signs']);
    expect(await idsFound(sandbox, '/Observation?patient=peter', token)).toEqual([]);
    expect(await idsFound(sandbox, '/Encounter', token)).toEqual(['visit']);
    expect(await status('/Patient/peter', token)).toBe(404);
    expect(await status('/Observation/peter-laboratory', token)).toBe(404);
  });

  it('do not follow Patient.link, in either direction, as the documentation says [SMART 139]', async () => {
    const { access_token: token } = await launchedTokens(sandbox, 'launch patient/*.rs');
    expect((await (await askFhir(sandbox, '/Patient/baby', token)).json()).link).toHaveLength(1);
    expect(await status('/Patient/twin-record', token)).toBe(404);
    expect(await idsFound(sandbox, '/Observation?subject=Patient/twin-record', token)).toEqual([]);
    expect(await idsFound(sandbox, '/Patient?_include=Patient:link', token)).toEqual(['baby']);
    expect(await idsFound(sandbox, '/Patient?_revinclude=Patient:link', token)).toEqual(['baby']);
    const twin = await launchedTokens(sandbox, 'launch patient/*.rs', { patient: 'twin-record' });
    expect(await status('/Patient/baby', twin.access_token)).toBe(404);
    const [, chapter = ''] = readFileSync('docs/authorization.md', 'utf8').split('## Linked patients');
    expect(chapter).toContain('`Patient.link`');
  });

  it('are left out of a launch without a patient [SMART 164]', async () => {
    const { scope, patient } = await launchedTokens(sandbox, 'launch openid patient/*.rs', {});
    expect([scope, patient]).toEqual(['launch openid', undefined]);
  });

  it('make the user choose a patient when the app starts by itself [SMART 164]', async () => {
    const clientId = await makeClient(sandbox);
    const url = authorizeUrl(sandbox, clientId, { scope: 'patient/*.rs', nonce: undefined });
    expect((await chenOf(sandbox).visit(url)).headers.get('location')).toContain('/oauth/interaction/');
  });
});

describe('user scopes', () => {
  it('reach what the user may see, with or without a patient in context [SMART 140 368]', async () => {
    const { access_token: token } = await launchedTokens(sandbox, 'launch user/*.rs', {});
    expect(await idsFound(sandbox, '/Patient', token)).toEqual(everyPatient);
    expect(await status('/Practitioner/dr-chen', token)).toBe(200);
    expect(await status('/Observation/peter-laboratory', token)).toBe(200);
  });

  it('give a patient no more than the own record, whatever was granted [SMART 119]', async () => {
    const { access_token: token, scope } = await tokensOf('peter', 'user/*.cruds patient/*.rs launch/patient');
    expect(scope).toBe('user/*.rs patient/*.rs launch/patient');
    expect(await idsFound(sandbox, '/Patient', token)).toEqual(['peter']);
    expect(await status('/Patient/baby', token)).toBe(404);
    expect(await idsFound(sandbox, '/Observation', token)).toEqual(['peter-laboratory', 'peter-vital-signs']);
  });

  it('end with the membership of the user [SMART 119]', async () => {
    const { access_token: token } = await tokensOf('admin', 'user/*.rs');
    expect(await status('/Patient/baby', token)).toBe(200);
    const key = { sandboxId: sandbox.id, userId: sandbox.users.admin };
    const membership = await database().membership.delete({ where: { sandboxId_userId: key } });
    expect(await status('/Patient/baby', token)).toBe(401);
    await database().membership.create({ data: membership });
  });
});

describe('scopes of both syntaxes', () => {
  it('with a wildcard cover every type of resource [SMART 144]', async () => {
    const { access_token: token } = await launchedTokens(sandbox, 'launch user/*.s', {});
    const types = resourceTypes();
    expect(types.length).toBeGreaterThan(140);
    const refused: string[] = [];
    for (const type of types) if ((await status(`/${type}?_count=1`, token)) !== 200) refused.push(type);
    // The audit log is for administrators, whatever scopes a clinician's token has.
    expect(refused).toEqual(['AuditEvent']);
  });

  it('of the first generation work as they did [SMART 369]', async () => {
    const { access_token: token, scope } = await launchedTokens(sandbox, 'launch patient/Observation.read');
    expect(scope).toBe('launch patient/Observation.read');
    expect(await status('/Observation/baby-laboratory', token)).toBe(200);
    expect(await idsFound(sandbox, '/Observation', token)).toHaveLength(2);
    expect(await status('/Patient/baby', token)).toBe(403);
  });

  it('of the second generation narrow by search parameters [SMART 370]', async () => {
    const granular = `patient/Observation.rs?category=${categories}|laboratory`;
    const { access_token: token, scope } = await launchedTokens(sandbox, `launch ${granular}`);
    expect(scope).toBe(`launch ${granular}`);
    expect(await idsFound(sandbox, '/Observation', token)).toEqual(['baby-laboratory']);
    expect(await status('/Observation/baby-laboratory', token)).toBe(200);
    expect(await status('/Observation/baby-vital-signs', token)).toBe(404);
  });
});

describe('writing', () => {
  const headers = { 'content-type': 'application/fhir+json' };
  // Apps of patients choose random ids alone.
  const ids = { created: randomUUID(), another: randomUUID() };
  const put = (id: string, token: string) => {
    const resource = { resourceType: 'Observation', id, status: 'final', code: { text: 'x' } };
    const body = JSON.stringify({ ...resource, subject: { reference: 'Patient/baby' } });
    return askFhir(sandbox, `/Observation/${id}`, token, { method: 'PUT', body, headers });
  };

  async function tokenFor(scope: string): Promise<string> {
    const clientId = await makeClient(sandbox, { scope: 'launch patient/*.cruds' });
    const launch = await makeLaunch(sandbox, clientId);
    return (await tokensFor(chenOf(sandbox), clientId, { scope, launch, nonce: undefined })).access_token;
  }

  it('by update may create, which is announced, with the scope to update and no other [SMART 123]', async () => {
    const statement = await (await askFhir(sandbox, '/metadata')).json();
    // Only the server writes the audit log.
    for (const { type, updateCreate } of statement.rest[0].resource)
      expect(updateCreate === true, type).toBe(type !== 'AuditEvent');
    const update = await tokenFor('launch patient/Observation.u');
    expect((await put(ids.created, update)).status).toBe(201);
    const others = await tokenFor('launch patient/Observation.crds');
    const refused = await put(ids.another, others);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('patient/Observation.u');
    expect(await status(`/Observation/${ids.created}`, others)).toBe(200);
    expect(await status(`/Observation/${ids.another}`, others)).toBe(404);
    const init = { method: 'DELETE' };
    expect((await askFhir(sandbox, `/Observation/${ids.created}`, others, init)).status).toBe(204);
  });
});

describe('every entry passes the check of a request by itself:', () => {
  const posted = (type: string, entry: object[]) => ({
    method: 'POST',
    body: JSON.stringify({ resourceType: 'Bundle', type, entry }),
    headers: { 'content-type': 'application/fhir+json' },
  });
  const own = { request: { method: 'GET', url: 'Patient/baby' } };
  const reads = { request: { method: 'GET', url: 'Patient/peter' } };
  const deletes = { request: { method: 'DELETE', url: 'Observation/baby-laboratory' } };

  it('in a batch, which answers the others [SMART 130]', async () => {
    const { access_token: token } = await launchedTokens(sandbox, 'launch patient/*.rs');
    const response = await askFhir(sandbox, '', token, posted('batch', [own, reads, deletes]));
    const { entry } = await response.json();
    expect(entry.map((one: { response: { status: string } }) => one.response.status)).toEqual(['200', '404', '403']);
    expect(JSON.stringify(entry[2])).toContain('The scope patient/Observation.d is missing.');
    expect(JSON.stringify(entry)).not.toContain('Test-peter');
    expect(await status('/Observation/baby-laboratory', token)).toBe(200);
  });

  it.each([
    ['a read', reads, 404],
    ['a write', deletes, 403],
  ])('in a transaction, which %s out of reach undoes [SMART 130]', async (_, refused, expected) => {
    const { access_token: token } = await launchedTokens(sandbox, 'launch patient/*.rs');
    const response = await askFhir(sandbox, '', token, posted('transaction', [own, refused]));
    expect(response.status).toBe(expected);
    const text = await response.text();
    expect(text).toContain('Bundle.entry[1]');
    expect(text).not.toContain('Test-');
  });

  it.each(['batch', 'transaction'])('a %s is announced', async (type) => {
    const statement = await (await askFhir(sandbox, '/metadata')).json();
    expect(statement.rest[0].interaction).toContainEqual({ code: type });
  });
});

describe('launch context', () => {
  const everything = {
    patient: 'baby',
    encounter: 'visit',
    need_patient_banner: false,
    intent: 'order-review',
    tenant: 'ward-7',
    fhirContext: ['Observation/baby-laboratory', { canonical: 'https://example.org/q|1', role: 'urn:example:form' }],
    ward: { beds: 4 },
  };

  it('stands beside the access token, complete [SMART 149 168 169 170 171 172 173 174 176]', async () => {
    const tokens = await launchedTokens(sandbox, 'launch patient/*.rs', everything);
    expect(tokens).toMatchObject({
      ...everything,
      fhirContext: [{ reference: 'Observation/baby-laboratory' }, everything.fhirContext[1]],
    });
  });

  it('comes again with a refresh [SMART 168]', async () => {
    const first = await launchedTokens(sandbox, 'launch patient/*.rs offline_access', everything);
    const fields = {
      grant_type: 'refresh_token',
      refresh_token: first.refresh_token,
      client_id: String(first.clientId),
    };
    const next = await (await post(sandbox, 'token', fields)).json();
    for (const name of Object.keys(everything)) expect(next[name], name).toEqual(first[name]);
  });

  it('is told by introspection, every parameter of it [SMART 277]', async () => {
    const tokens = await launchedTokens(sandbox, 'launch patient/*.rs', everything);
    const fields = { token: tokens.access_token, client_id: tokens.clientId };
    const introspection = await (await post(sandbox, 'introspect', fields)).json();
    for (const name of [...Object.keys(everything), 'smart_style_url'])
      expect(introspection[name], name).toEqual(tokens[name]);
    expect(introspection.patient).toBe('baby');
  });

  it('holds the patient and the encounter that the scopes name [SMART 149 361 362]', async () => {
    const scope = 'launch launch/patient launch/encounter patient/*.rs';
    const tokens = await launchedTokens(sandbox, scope, { patient: 'baby', encounter: 'visit' });
    expect(tokens).toMatchObject({ patient: 'baby', encounter: 'visit', scope });
  });

  it('passes an intent on as it was written [SMART 174 194]', async () => {
    const intent = 'x-Vendor:Überprüfung / 审查';
    expect((await launchedTokens(sandbox, 'launch patient/*.rs', { patient: 'baby', intent })).intent).toBe(intent);
  });

  it.each([true, false, 'true', 'false'])('makes the banner a boolean, from %j [SMART 173 359]', async (banner) => {
    const parameters = { patient: 'baby', need_patient_banner: banner };
    const tokens = await launchedTokens(sandbox, 'launch patient/*.rs', parameters);
    expect(tokens.need_patient_banner).toBe(String(banner) === 'true');
  });

  it.each([
    ['Patient', [{ reference: 'Patient/baby' }]],
    ['Encounter', [{ reference: 'Encounter/visit', role: 'launch' }]],
  ])('cannot be made with a %s inside fhirContext [SMART 177]', async (_, fhirContext) => {
    const clientId = await makeClient(sandbox);
    await expect(makeLaunch(sandbox, clientId, { patient: 'baby', fhirContext })).rejects.toThrow(/fhirContext\[0\]/);
  });
});

describe('identity', () => {
  it('comes as id_token when openid is granted, and not otherwise [SMART 200 205]', async () => {
    const tokens = await launchedTokens(sandbox, 'launch openid patient/*.rs');
    expect(decodeJwt(tokens.id_token)).toMatchObject({ aud: tokens.clientId, nonce: 'the nonce' });
    expect((await launchedTokens(sandbox, 'launch patient/*.rs')).id_token).toBeUndefined();
  });

  it('names a Practitioner whom the app can read [SMART 198 209]', async () => {
    const tokens = await launchedTokens(sandbox, 'launch openid fhirUser patient/Patient.r');
    const { fhirUser } = decodeJwt(tokens.id_token);
    expect(fhirUser).toBe(`${base}/Practitioner/dr-chen`);
    const path = String(fhirUser).slice(base.length);
    const found = await (await askFhir(sandbox, path, tokens.access_token)).json();
    expect(`/${found.resourceType}/${found.id}`).toBe(path);
  });

  it('names the own Patient of a patient [SMART 198 209]', async () => {
    const clientId = await makeClient(sandbox);
    const scope = 'openid fhirUser launch/patient';
    const tokens = await tokensFor(new Browser(sandbox, sandbox.users.peter), clientId, { scope });
    expect(decodeJwt(tokens.id_token).fhirUser).toBe(`${base}/Patient/peter`);
    expect(await status('/Patient/peter', tokens.access_token)).toBe(200);
  });

  it('has no fhirUser for a user whom no resource stands for [SMART 197]', async () => {
    const clientId = await makeClient(sandbox);
    const scope = 'openid fhirUser user/*.rs';
    const tokens = await tokensFor(new Browser(sandbox, sandbox.users.admin), clientId, { scope });
    expect(tokens.scope).toBe('openid user/*.rs');
    expect(decodeJwt(tokens.id_token).fhirUser).toBeUndefined();
    const introspected = await post(sandbox, 'introspect', { token: tokens.access_token, client_id: clientId });
    expect((await introspected.json()).fhirUser).toBeUndefined();
  });
});
