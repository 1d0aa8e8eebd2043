import { changeCdsService } from '../cds/services.ts';
import { changeLocked, lockClient } from '../client/locked-client.ts';
import { database } from '../database/database.ts';
import { removeScenario } from '../launch/scenarios.ts';
import { removeMember } from '../member/members.ts';
import { type AppliedChange, nothingDone, type Outcome } from './applied.ts';
import type { GivenPart } from './given.ts';
import { stays } from './put-user.ts';
import { rowOfClient, rowOfScenario, rowOfService } from './rows.ts';

/**
 * Takes back what a file gave and names no longer, in the transaction that applies the file: a user loses the membership,
 * apps and CDS services are disabled, with all access that they had, and a scenario is removed. Apps, services, scenarios
 * and accounts that administrators have made since under the same name stay. A membership has no row of its own: that of
 * the same account is taken back, whoever made it last.
 */
export async function takeBack(sandboxId: number, gone: GivenPart): Promise<Outcome> {
  switch (gone.kind) {
    case 'user':
      return endMembership(sandboxId, gone);
    case 'client':
      return disableClient(sandboxId, gone);
    case 'cds-service':
      return disableService(sandboxId, gone);
    case 'scenario':
      return dropScenario(sandboxId, gone);
    case 'setting':
      return nothingDone;
  }
}

async function endMembership(sandboxId: number, { key, row, username = key }: GivenPart): Promise<Outcome> {
  const user = row === undefined ? { username } : { id: row };
  const member = await database().membership.findFirst({
    where: { sandboxId, user },
    select: { userId: true, user: { select: { username: true } } },
  });
  if (!member) return nothingDone;
  // Nobody sits at the browser who would have to stay signed in.
  if ((await removeMember(sandboxId, member.userId, '')) === 'last-admin') {
    return {
      changes: [],
      left: { kind: 'user', key, reason: `is not in this file any more, but ${stays}` },
      again: true,
    };
  }
  return { changes: [{ kind: 'member', action: 'D', about: { username: member.user.username } }] };
}

async function disableClient(sandboxId: number, { key, row }: GivenPart): Promise<Outcome> {
  const client = await lockClient(sandboxId, key);
  if (!client?.enabled || !isSame(row, await rowOfClient(sandboxId, key))) return nothingDone;
  await changeLocked(client, { enabled: false });
  return disabled({ kind: 'app', action: 'U', about: { client_id: key, change: 'disabled' } });
}

async function disableService(sandboxId: number, { key, row }: GivenPart): Promise<Outcome> {
  const id = await rowOfService(sandboxId, key);
  if (id === undefined || !isSame(row, id)) return nothingDone;
  // One that an administrator has switched off stays off when the file names it again.
  if (!(await database().cdsService.count({ where: { sandboxId, id, enabled: true } }))) return nothingDone;
  await changeCdsService(sandboxId, id, { enabled: false });
  return disabled({ kind: 'cds-service', action: 'U', about: { service: id, change: 'disabled' } });
}

async function dropScenario(sandboxId: number, { key, row }: GivenPart): Promise<Outcome> {
  if (!isSame(row, await rowOfScenario(sandboxId, key))) return nothingDone;
  if (!(await removeScenario(sandboxId, key))) return nothingDone;
  return done({ kind: 'scenario', action: 'D', about: { scenario: key } });
}

/** Whether a row is the one that the file gave; of what an earlier version gave, only the name is known. */
function isSame(given: string | undefined, row: string | undefined): boolean {
  return row !== undefined && (given === undefined || given === row);
}

function disabled(change: AppliedChange): Outcome {
  return { changes: [change], disabled: true };
}

function done(change: AppliedChange): Outcome {
  return { changes: [change] };
}
