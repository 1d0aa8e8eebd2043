import type { LaunchScenario } from '#lib/smart/scenario/launch-scenario.ts';
import { applyCdsService, changeCdsService } from '../cds/services.ts';
import { toColumns } from '../client/client.ts';
import { changeLocked, lockClient } from '../client/locked-client.ts';
import { database } from '../database/database.ts';
import { applyScenario, findScenario } from '../launch/scenarios.ts';
import { applySettings, settingColumns } from '../seed/sandbox-definitions.ts';
import { type AppliedChange, nothingDone, type Outcome } from './applied.ts';
import type { DefinedPart } from './parts.ts';
import type { PlannedPart } from './plan.ts';
import { putUser } from './put-user.ts';
import { rowOfClient, rowOfScenario, rowOfService } from './rows.ts';
import { changesOf, differing, saidAnew } from './said-anew.ts';

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
      return putService(sandboxId, { ...planned, part });
    case 'scenario':
      return putScenario(sandboxId, { ...planned, part });
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

async function putClient(sandboxId: number, planned: PlannedPart & { part: PartOf<'client'> }): Promise<Outcome> {
  const { part, secretChanged, secretHash } = planned;
  const { clientId, clientSecret: _, ...registration } = part.client;
  const about = { client_id: clientId };
  const before = await lockClient(sandboxId, clientId);
  if (!before) {
    const data = { ...toColumns(registration), clientSecretHash: secretHash, sandboxId, clientId };
    await database().client.create({ data });
    return { changes: [{ kind: 'app', action: 'C', about }], row: await rowOfClient(sandboxId, clientId) };
  }
  const row = await rowOfClient(sandboxId, clientId);
  const said = saidAnew(planned, toColumns(registration), row);
  const columns = differing(said, before);
  const setsSecret = secretChanged || 'type' in said;
  await changeLocked(before, setsSecret ? { ...columns, clientSecretHash: secretHash } : columns);
  const changes = changesOf('app', about, Object.keys(columns));
  if (secretChanged) changes.push({ kind: 'app', action: 'U', about: { ...about, change: 'secret' } });
  return { changes, row };
}

async function putService(sandboxId: number, planned: PlannedPart & { part: PartOf<'cds-service'> }): Promise<Outcome> {
  const { key, service } = planned.part;
  const id = await rowOfService(sandboxId, key);
  if (id === undefined) {
    await applyCdsService(sandboxId, service);
    const row = await rowOfService(sandboxId, key);
    return { changes: [{ kind: 'cds-service', action: 'C', about: { service: row } }], row };
  }
  const before = await database().cdsService.findFirstOrThrow({ where: { sandboxId, id } });
  const { title, description, prefetch, enabled, scope, impliedScope } = service;
  // A scope that the file does not say stays as it is.
  const sayable = { title, description, prefetch, enabled, ...(impliedScope ? {} : { scope }) };
  const columns = differing(saidAnew(planned, sayable, id), before);
  if (Object.keys(columns).length > 0) await changeCdsService(sandboxId, id, columns);
  return { changes: changesOf('cds-service', { service: id }, Object.keys(columns)), row: id };
}

async function putScenario(
  sandboxId: number,
  { part, changes }: PlannedPart & { part: PartOf<'scenario'> },
): Promise<Outcome> {
  const { key, scenario } = part;
  const about = { scenario: key };
  const before = await findScenario(sandboxId, key);
  const kept = Object.entries(before ?? {}).filter(([name]) => !changes(name));
  const said = Object.entries(scenario).filter(([name]) => !before || changes(name));
  const after: LaunchScenario = { ...scenario, ...Object.fromEntries([...kept, ...said]) };
  await applyScenario(sandboxId, after);
  const row = await rowOfScenario(sandboxId, key);
  const told: AppliedChange[] = before
    ? changesOf('scenario', about, Object.keys(differing(after, before)))
    : [{ kind: 'scenario', action: 'C', about }];
  return { changes: told, row };
}
