import { randomUUID } from 'node:crypto';
import type { Encounter, Patient } from 'fhir/r4';
import { hashClientSecret } from '#lib/data/client/secrets.ts';
import { database } from '#lib/data/database/database.ts';
import { recordLaunch } from '#lib/data/launch/launches.ts';
import { putResources } from '#lib/data/resource/resources.ts';
import { makeKeys } from '#lib/data/token/signing-keys.ts';
import type { ClientType } from '#lib/smart/client/choices.ts';
import type { LaunchId } from '#lib/smart/launch/ids.ts';

export interface SandboxFixture {
  id: number;
  slug: string;
  /** User ids by username. */
  users: Record<'chen' | 'admin' | 'peter' | 'stranger', string>;
}

export const appUri = 'https://app.example/callback';
export const secret = 'a secret of the app';

/** A sandbox with two patients, an encounter, a clinician, an admin, a patient user, and somebody who is no member. */
export async function makeSandbox(slug = `s-${randomUUID().slice(0, 8)}`): Promise<SandboxFixture> {
  const { id } = await database().sandbox.create({ data: { slug, name: `Hospital ${slug}`, orchestrateScope: false } });
  const [users] = await Promise.all([makeUsers(id), keepKeys(id)]);
  await putResources(id, [makePatient('baby'), makePatient('peter'), makeEncounter('visit', 'baby')]);
  return { id, slug, users };
}

async function makeUsers(sandboxId: number): Promise<SandboxFixture['users']> {
  const users = { chen: randomUUID(), admin: randomUUID(), peter: randomUUID(), stranger: randomUUID() };
  const named = (id: string, name: string) => ({ id, username: randomUUID(), name, passwordHash: 'none' });
  await database().user.createMany({
    data: [
      named(users.chen, 'Dr. Chen'),
      named(users.admin, 'Ada Admin'),
      named(users.peter, 'Peter Patient'),
      named(users.stranger, 'Stranger'),
    ],
  });
  await database().membership.createMany({
    data: [
      { sandboxId, userId: users.chen, role: 'clinician', fhirUser: 'Practitioner/dr-chen' },
      { sandboxId, userId: users.admin, role: 'admin', fhirUser: null },
      { sandboxId, userId: users.peter, role: 'patient', fhirUser: 'Patient/peter' },
    ],
  });
  return users;
}

/** Key material that is used again, as to make it costs more than all the rest; sandboxes of one test have their own. */
const material: Awaited<ReturnType<typeof makeKeys>>[] = [];
const manyAtOnce = 8;
let made = 0;

async function keepKeys(sandboxId: number): Promise<void> {
  const turn = made++ % manyAtOnce;
  material[turn] ??= await makeKeys();
  const keys = material[turn].map((key) => ({ ...key, kid: randomUUID() }));
  await database().signingKey.createMany({
    data: keys.map((key) => ({ sandboxId, kid: key.kid, privateJwk: key as object })),
  });
}

export function makePatient(id: string): Patient {
  return { resourceType: 'Patient', id, name: [{ family: `Test-${id}`, given: ['Una'] }] };
}

export function makeEncounter(id: string, patientId: string): Encounter {
  const code = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' };
  const subject = { reference: `Patient/${patientId}` };
  return { resourceType: 'Encounter', id, status: 'in-progress', class: code, subject };
}

interface ClientOptions {
  dynamic?: boolean;
  clientId?: string;
  type?: ClientType;
  scope?: string;
  redirectUris?: string[];
  requirePkce?: boolean;
  trusted?: boolean;
  enabled?: boolean;
  jwks?: object;
  origins?: string[];
  accessTokenLifetime?: number;
  refreshTokenLifetime?: number;
}

const everyScope =
  'openid fhirUser profile launch launch/patient launch/encounter offline_access online_access patient/*.rs user/*.cruds';

/** Registers an app, by default public and trusted, with PKCE and every scope. Returns its client_id. */
export async function makeClient(sandbox: SandboxFixture, options: ClientOptions = {}): Promise<string> {
  const { type = 'public', clientId = `app-${randomUUID().slice(0, 8)}`, jwks, ...rest } = options;
  await database().client.create({
    data: {
      sandboxId: sandbox.id,
      clientId,
      name: 'Growth chart',
      type,
      launchUri: 'https://app.example/launch',
      redirectUris: [appUri],
      scope: everyScope,
      trusted: true,
      ...rest,
      ...(jwks ? { jwks } : {}),
      clientSecretHash: type === 'secret' ? await hashOfSecret() : null,
    },
  });
  return clientId;
}

let hashed: string | undefined;

async function hashOfSecret(): Promise<string> {
  hashed ??= await hashClientSecret(secret);
  return hashed;
}

/** Records a launch of the app for a user of the sandbox, by default the clinician. Returns the launch id. */
export async function makeLaunch(
  { id: sandboxId, users }: SandboxFixture,
  clientId: string,
  parameters: object = { patient: 'baby' },
  userId = users.chen,
): Promise<LaunchId> {
  const recorded = await recordLaunch({ sandboxId, clientId, userId, parameters, origin: 'ui' });
  if ('refusal' in recorded) throw new Error(recorded.refusal.message);
  return recorded.launchId;
}
