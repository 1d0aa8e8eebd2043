import { createHash, randomUUID } from 'node:crypto';
import type { Resource } from 'fhir/r4';
import { database } from '#lib/data/database/database.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { fhirBaseOf } from '#lib/env.ts';
import { answerFhir } from '../answer-fhir.ts';

interface Bearer {
  scope: string;
  patient?: string;
  /** What else the context of its grant tells. */
  context?: Record<string, string>;
  /** A backend service is no user. */
  role?: 'admin' | 'clinician' | 'patient' | 'service';
  fhirUser?: string;
}

/** Those who write to one patient's record: a clinician, an app of the patient, and the patient at the EHR. */
export function bearersFor(patient: string): Record<string, Bearer> {
  const fhirUser = `Patient/${patient}`;
  return {
    clinician: { scope: 'user/*.cruds' },
    emma: { scope: 'patient/*.cruds', patient },
    'own-record': { scope: 'user/*.cruds patient/*.cruds', role: 'patient', patient, fhirUser },
  };
}

/** A sandbox of its own, with a user and an access token for each of `bearers`, by name. */
export async function fhirServer(bearers: Record<string, Bearer>) {
  const slug = `s${randomUUID().slice(0, 8)}`;
  const { id: sandboxId } = await database().sandbox.create({ data: { slug, name: slug, orchestrateScope: false } });
  const base = fhirBaseOf(slug);
  await database().client.create({ data: { clientId: 'app', name: 'App', scope: '', type: 'public', sandboxId } });
  for (const [name, bearer] of Object.entries(bearers)) await issue(sandboxId, base, `${slug}-${name}`, bearer);

  async function send(method: string, path: string, token: string, body?: unknown, more: Record<string, string> = {}) {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/fhir+json' };
    const headers = { authorization: `Bearer ${slug}-${token}`, ...type, ...more };
    const sent = typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body);
    return answerFhir(new Request(`${base}${path}`, { method, headers, body: sent }), slug);
  }
  const put = (resources: Resource[]) => putResources(sandboxId, resources);
  /** One more access token, by the name `token`. */
  const issueToken = (token: string, bearer: Bearer) => issue(sandboxId, base, `${slug}-${token}`, bearer);
  return { slug, sandboxId, base, send, put, issueToken };
}

async function issue(sandboxId: number, aud: string, value: string, bearer: Bearer): Promise<void> {
  const { scope, patient, role = 'clinician', fhirUser, context: told } = bearer;
  const grantId = `grant-${value}`;
  const user = role === 'service' ? {} : { accountId: value };
  const payload = { clientId: 'app', scope, ...user, grantId, aud, kind: 'AccessToken' };
  if (role !== 'service') await addMember(sandboxId, value, role, fhirUser);
  const id = createHash('sha256').update(value).digest('base64url');
  const expiresAt = new Date(Date.now() + 3_600_000);
  await database().oidcPayload.create({ data: { sandboxId, model: 'AccessToken', id, payload, grantId, expiresAt } });
  const context = { ...told, ...(patient ? { patient } : {}) };
  await database().grantContext.create({ data: { grantId, sandboxId, clientId: 'app', context } });
}

async function addMember(
  sandboxId: number,
  userId: string,
  role: 'admin' | 'clinician' | 'patient',
  fhirUser?: string,
): Promise<void> {
  await database().user.create({ data: { id: userId, username: userId, name: userId, passwordHash: '' } });
  await database().membership.create({ data: { sandboxId, userId, role, fhirUser: fhirUser ?? null } });
}
