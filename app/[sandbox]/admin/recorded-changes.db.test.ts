/** The audit log of administrators' changes: it tells who changed what about whom, and no secret. */
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { auditWritten } from '#lib/data/audit/queue.ts';
import { query, sql } from '#lib/data/database/sql.ts';
import { forgetCookies, formOf, signInAs } from '../tests/action-request.ts';
import { fieldsNaming, type Holdings, makeHoldings } from '../tests/holdings.ts';
import { revokeGrants } from './access/actions.ts';
import { disableApp, removeApp, replaceSecret } from './apps/actions.ts';
import { registerApp } from './apps/new/actions.ts';
import { enableService, removeService } from './cds-services/actions.ts';
import { addMember, removeFromSandbox, saveMember } from './members/actions.ts';
import { changeSettings } from './settings/actions.ts';

let ours: Holdings;

beforeAll(async () => {
  ours = await makeHoldings();
});

beforeEach(() => forgetCookies());

async function recorded(work: (form: FormData) => Promise<unknown>): Promise<string[]> {
  const settle = (thrown: { digest?: string }) => {
    if (!thrown.digest?.startsWith('NEXT_')) throw thrown;
  };
  const known = sql`SELECT interaction || ' ' || action || ' ' || path || '?' || query AS event FROM audit_event
    WHERE sandbox_id = ${ours.id}::int AND method = 'POST' ORDER BY recorded, id`;
  await auditWritten();
  const before = await query<{ event: string }>(known);
  await work(formOf(fieldsNaming(ours))).catch(settle);
  await auditWritten();
  return (await query<{ event: string }>(known)).slice(before.length).map(({ event }) => event);
}

it.each<[string, (form: FormData) => Promise<unknown>, RegExp]>([
  ['access ended', (form) => revokeGrants(ours.slug, form), /^access D .*clientId=app-\w+/],
  ['an app registered', (form) => registerApp(ours.slug, {}, form), /^app C admin\/apps\/new\?client_id=another-app$/],
  [
    'a secret replaced',
    (form) => replaceSecret(ours.slug, {}, form),
    /^app U admin\/apps\?client_id=app-\w+&change=secret$/,
  ],
  ['an app disabled', (form) => disableApp(ours.slug, form), /^app U .*change=disabled$/],
  ['a service enabled', (form) => enableService(ours.slug, form), /^cds-service U .*service=[\w-]+&change=enabled$/],
  ['a service removed', (form) => removeService(ours.slug, form), /^cds-service D /],
  ['somebody invited', (form) => addMember(ours.slug, {}, form), /^member C .*invited=somebody&role=clinician$/],
  ['a member changed', (form) => saveMember(ours.slug, ours.users.chen, {}, form), /^member U .*role=clinician/],
  [
    'settings changed',
    (form) => changeSettings(ours.slug, {}, form),
    /^settings U admin\/settings\?name=Changed&launchLifetime=77/,
  ],
  ['a member removed', (form) => removeFromSandbox(ours.slug, form), /^member D .*username=/],
  ['an app removed', (form) => removeApp(ours.slug, form), /^app D /],
])('%s is one event', async (_, work, expected) => {
  await signInAs(ours.users.admin);
  expect(await recorded(work)).toEqual([expect.stringMatching(expected)]);
});

it('what was refused is none', async () => {
  await signInAs(ours.users.chen);
  expect(await recorded((form) => changeSettings(ours.slug, {}, form))).toEqual([]);
  await signInAs(ours.users.admin);
  expect(await recorded(() => changeSettings(ours.slug, {}, formOf({ launchLifetime: 'x' })))).toEqual([]);
});
