import { createHash, randomUUID } from 'node:crypto';
import {
  makeClient,
  makeLaunch,
  makeSandbox,
  type SandboxFixture,
} from '#lib/authorization-server/tests/sandbox-fixture.ts';
import { makeInitialAccessToken } from '#lib/data/client/initial-access-tokens.ts';
import { database } from '#lib/data/database/database.ts';
import { name as identifier, list, query, sql } from '#lib/data/database/sql.ts';
import { hashLaunchId } from '#lib/data/launch/launches.ts';
import { findSigningKeys } from '#lib/data/token/signing-keys.ts';
import { fhirBaseOf } from '#lib/env.ts';
import type { LaunchId } from '#lib/smart/launch/ids.ts';

/** A sandbox that holds one of everything, with the ids of its contents. */
export interface Holdings extends SandboxFixture {
  clientId: string;
  launchId: LaunchId;
  /** The value of an access token of the clinician, with every scope. */
  token: string;
  refreshToken: string;
  grantId: string;
  tokenId: string;
  initialAccessToken: string;
  kid: string;
  serviceKey: string;
}

const everyScope =
  'launch openid fhirUser offline_access user/*.cruds patient/*.cruds smart/orchestrate_launch __introspect';

/** Makes a sandbox that holds one of everything. Rows of a new table should be added here. */
export async function makeHoldings(): Promise<Holdings> {
  const sandbox = await makeSandbox();
  const { id: sandboxId, users } = sandbox;
  const clientId = await makeClient(sandbox, { type: 'secret' });
  const launchId = await makeLaunch(sandbox, clientId);
  const initialAccessToken = await makeInitialAccessToken(sandboxId, { label: 'One', madeBy: 'Ada', expiresAt: null });
  const { id: tokenId } = await database().initialAccessToken.findFirstOrThrow({ where: { sandboxId } });
  await database().consent.create({
    data: { sandboxId, userId: users.chen, clientId, allowed: ['openid'], declined: [] },
  });
  await database().invitation.create({
    data: { sandboxId, username: 'somebody', role: 'clinician', invitedBy: 'Ada' },
  });
  await database().sandbox.update({
    where: { id: sandboxId },
    data: {
      seed: { definition: { slug: sandbox.slug, name: 'Seed', launchLifetimeSeconds: 9 }, clients: [], data: [] },
    },
  });
  const serviceKey = await makeAdvice(sandboxId, users.chen);
  await database().launchScenario.create({ data: { sandboxId, id: 'scenario', name: 'One', clientId } });
  await database().importJob.create({ data: { sandboxId, startedBy: users.admin, files: 1, bytes: 9 } });
  const [key] = await findSigningKeys(sandboxId);
  const grant = await makeGrant(sandbox, clientId);
  return { ...sandbox, clientId, launchId, initialAccessToken, tokenId, kid: String(key?.kid), serviceKey, ...grant };
}

/** Makes a disabled CDS service with a card that it gave, and answers the id of the card. */
async function makeAdvice(sandboxId: number, userId: string): Promise<string> {
  const service = { sandboxId, discoveryUrl: '/cds-services', serviceId: 'one', hook: 'patient-view', enabled: false };
  const { id } = await database().cdsService.create({ data: { ...service, title: 'One', description: 'One' } });
  const card = { sandboxId, serviceKey: id, userId, patientId: 'baby', hook: 'patient-view', hookInstance: id };
  await database().cdsCard.create({ data: { ...card, card: {}, drafts: [] } });
  return id;
}

async function makeGrant({ id: sandboxId, slug, users }: SandboxFixture, clientId: string) {
  const [grantId, token, refreshToken, clientToken] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const expiresAt = new Date(Date.now() + 3_600_000);
  const exp = Math.floor(expiresAt.getTime() / 1000);
  const payload = {
    clientId,
    accountId: users.chen,
    grantId,
    scope: everyScope,
    aud: fhirBaseOf(slug),
    exp,
    iat: exp - 3600,
  };
  const stored = (model: string, value: string, kind = model) => ({
    sandboxId,
    model,
    grantId,
    expiresAt,
    payload: { ...payload, kind },
    id: createHash('sha256').update(value).digest('base64url'),
  });
  const service = { ...stored('ClientCredentials', clientToken), grantId: null };
  await database().oidcPayload.createMany({
    data: [
      stored('AccessToken', token),
      stored('RefreshToken', refreshToken),
      {
        ...service,
        payload: {
          clientId,
          scope: 'system/*.rs',
          aud: fhirBaseOf(slug),
          exp,
          iat: exp - 300,
          kind: 'ClientCredentials',
        },
      },
      { ...stored('Grant', grantId), id: grantId },
    ],
  });
  const context = { patient: 'baby' };
  await database().grantContext.create({ data: { grantId, sandboxId, clientId, userId: users.chen, context } });
  return { grantId, token, refreshToken };
}

/**
 * Digests of everything that a sandbox owns, by table. New tables are found without being listed. The audit log is left
 * out, because it is written some time after the answer.
 */
export async function digestOf(sandboxId: number): Promise<Record<string, string>> {
  tables ??= await tablesOfSandboxes();
  const digests = tables.map(
    (table) => sql`(SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), ''))
      FROM ${identifier(`"${table}"`)} t WHERE sandbox_id = ${sandboxId}::int) AS ${identifier(`"${table}"`)}`,
  );
  const [row = {}] = await query<Record<string, string | null>>(
    sql`SELECT ${list(digests)},
      (SELECT md5(s::text) FROM sandbox s WHERE id = ${sandboxId}::int) AS sandbox,
      (SELECT md5(string_agg(u::text, ',' ORDER BY u.id)) FROM "user" u JOIN membership m ON m.user_id = u.id
        WHERE m.sandbox_id = ${sandboxId}::int) AS users`,
  );
  const { sandbox, users, ...others } = row;
  return { ...(others as Record<string, string>), sandbox: sandbox ?? 'gone', users: users ?? 'none' };
}

let tables: string[] | undefined;

async function tablesOfSandboxes(): Promise<string[]> {
  const found = await query<{ name: string }>(
    sql`SELECT table_name::text AS name FROM information_schema.columns
      WHERE column_name = 'sandbox_id' AND table_schema = current_schema() AND table_name <> 'audit_event' ORDER BY 1`,
  );
  return found.map(({ name }) => name);
}

/** All fields of our forms, filled with ids of this sandbox, so that any action finds what it reads. */
export function fieldsNaming(held: Holdings): Record<string, string | string[]> {
  return {
    client_id: held.clientId,
    clientId: 'another-app',
    grant_id: held.grantId,
    token_id: held.tokenId,
    user_id: held.users.chen,
    username: 'somebody',
    launch_id: held.launchId,
    launch: hashLaunchId(held.launchId),
    slug: held.slug,
    kid: held.kid,
    service: held.serviceKey,
    scenario: 'scenario',
    embed: 'tab',
    patient: 'baby',
    encounter: 'visit',
    practitioner: '',
    role: 'clinician',
    proxyFor: [],
    account: 'existing',
    registration: 'open',
    label: 'Label',
    lifetime: '30',
    name: 'Changed',
    color: '#123456',
    content: 'empty',
    launchLifetime: '77',
    accessTokenLifetime: '',
    refreshTokenLifetime: '',
    sandbox_id: String(held.id),
    answer: 'accept',
    type: 'public',
    needs: 'none',
    scopes: ['launch', 'openid'],
    scope: 'patient/Patient.r',
    redirectUris: 'https://app.example/callback',
  };
}
