import { applyCdsService } from '../cds/services.ts';
import { toColumns } from '../client/client.ts';
import { changeLocked, lockClient } from '../client/locked-client.ts';
import { database } from '../database/database.ts';
import { applyScenario } from '../launch/scenarios.ts';
import { applySettings, settingColumns } from '../seed/sandbox-definitions.ts';
import { type AppliedChange, nothingDone, type Outcome } from './applied.ts';
import type { DefinedPart } from './parts.ts';
import type { PlannedPart } from './plan.ts';
import { putUser } from './put-user.ts';
import { rowOfClient, rowOfScenario, rowOfService } from './rows.ts';

/** Writes what a file has changed in one of its parts, in the transaction that applies the file. */
export async function putPart(sandboxId: number, planned: PlannedPart): Promise<Outcome> {
  const { part, changed, secretChanged } = planned;
  if (part.kind === 'user') return putUser(sandboxId, { ...planned, part });
  if (!changed && !secretChanged) return nothingDone;
  switch (part.kind) {
    case 'setting':
      return putSetting(sandboxId, part);
    case 'client':
      return putClient(sandboxId, { ...planned, part });
    case 'cds-service':
      return putService(sandboxId, part);
    case 'scenario':
      return putScenario(sandboxId, part);
  }
}

type PartOf<Kind extends DefinedPart['kind']> = Extract<DefinedPart, { kind: Kind }>;

const kindOfSetting = new Map<string, AppliedChange['kind']>([
  ['brand', 'brand'],
  ['registration', 'registration'],
]);

async function putSetting(sandboxId: number, { key, settings }: PartOf<'setting'>): Promise<Outcome> {
  if (!(await applySettings(sandboxId, settingColumns(settings)))) return nothingDone;
  const [value] = Object.values(settings);
  const kind = kindOfSetting.get(key) ?? 'settings';
  return { changes: [{ kind, action: 'U', about: { [key]: kind === 'brand' ? 'changed' : String(value) } }] };
}

async function putClient(
  sandboxId: number,
  { part, given, changed, secretChanged, secretHash }: PlannedPart & { part: PartOf<'client'> },
): Promise<Outcome> {
  const { clientId, clientSecret: _, ...registration } = part.client;
  const about = { client_id: clientId };
  const before = await lockClient(sandboxId, clientId);
  if (!before) {
    const data = { ...toColumns(registration), clientSecretHash: secretHash, sandboxId, clientId };
    await database().client.create({ data });
    return { changes: [{ kind: 'app', action: 'C', about }], row: await rowOfClient(sandboxId, clientId) };
  }
  // One that was disabled because the file no longer named it is enabled when it does again.
  const columns = { ...(changed ? toColumns(registration) : {}), ...(given ? {} : { enabled: true }) };
  const setsSecret = secretChanged || secretHash === null || before.clientSecretHash === null;
  await changeLocked(before, setsSecret ? { ...columns, clientSecretHash: secretHash } : columns);
  const changes: AppliedChange[] = changed ? [{ kind: 'app', action: 'U', about }] : [];
  if (secretChanged) changes.push({ kind: 'app', action: 'U', about: { ...about, change: 'secret' } });
  return { changes, row: await rowOfClient(sandboxId, clientId) };
}

async function putService(sandboxId: number, { key, service }: PartOf<'cds-service'>): Promise<Outcome> {
  const before = await rowOfService(sandboxId, key);
  await applyCdsService(sandboxId, service);
  const row = await rowOfService(sandboxId, key);
  return { changes: [{ kind: 'cds-service', action: before ? 'U' : 'C', about: { service: row } }], row };
}

async function putScenario(sandboxId: number, { key, scenario }: PartOf<'scenario'>): Promise<Outcome> {
  const before = await rowOfScenario(sandboxId, key);
  await applyScenario(sandboxId, scenario);
  const row = await rowOfScenario(sandboxId, key);
  return { changes: [{ kind: 'scenario', action: before ? 'U' : 'C', about: { scenario: key } }], row };
}
