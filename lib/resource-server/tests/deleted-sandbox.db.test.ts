import { expect, it } from 'vitest';
import { database } from '#lib/data/database/database.ts';
import { query, sql } from '#lib/data/database/sql.ts';
import { lateBody } from '#lib/data/tests/late-body.ts';
import { answerFhir } from '../answer-fhir.ts';
import { answerLaunchService } from '../launch-service/answer-launch-service.ts';
import { fhirServer } from './fhir-server.ts';

const everything = 'user/*.cruds smart/orchestrate_launch';
const patient = { resourceType: 'Patient', name: [{ family: 'Late' }] };
const entry = { resource: patient, request: { method: 'POST', url: 'Patient' } };

it.each([
  ['a create', 'POST', '/Patient', patient],
  ['an update', 'PUT', '/Patient/late', { ...patient, id: 'late' }],
  ['a batch', 'POST', '', { resourceType: 'Bundle', type: 'batch', entry: [entry] }],
  ['a transaction', 'POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [entry] }],
  ['a search', 'POST', '/Patient/_search', 'name=late'],
  ['a launch', 'POST', '/_services/smart/Launch', { client_id: 'app', parameters: { intent: 'late' } }],
])('%s whose sandbox was deleted meanwhile does not fail, and leaves nothing', async (_, method, path, body) => {
  const { sandboxId, slug, base } = await fhirServer({ clinician: { scope: everything } });
  const isForm = typeof body === 'string';
  const isLaunch = path.includes('Launch');
  const type = isForm ? 'application/x-www-form-urlencoded' : isLaunch ? 'application/json' : 'application/fhir+json';
  const request = new Request(`${base}${path}`, {
    method,
    headers: { authorization: `Bearer ${slug}-clinician`, 'content-type': type },
    duplex: 'half',
    body: lateBody(sandboxId, isForm ? body : JSON.stringify(body)),
  } as RequestInit);
  const answer = await (isLaunch ? answerLaunchService : answerFhir)(request, slug);
  const text = await answer.text();
  const failed = answer.status >= 500 || text.includes('"status":"500');
  expect([failed, text]).toEqual([false, expect.any(String)]);
  if (!isForm) expect(text).toMatch(/There is no sandbox|not found|404/i);
  expect(await database().sandbox.count({ where: { id: sandboxId } })).toBe(0);
  const left = await query(sql`SELECT 1 FROM resource WHERE sandbox_id = ${sandboxId}::int`);
  expect(left).toEqual([]);
});
