import type { Role } from '#lib/smart/role.ts';
import { database } from '../database/database.ts';
import { applyUser, replacePassword } from '../member/defined-users.ts';
import { isLastAdmin } from '../member/members.ts';
import type { AppliedChange, Outcome } from './applied.ts';
import type { DefinedPart } from './parts.ts';
import type { PlannedPart } from './plan.ts';
import { changesOf, differing } from './said-anew.ts';

type PlannedUser = PlannedPart & { part: Extract<DefinedPart, { kind: 'user' }> };

/** Writes what a file has changed about a user: the account and the membership, only the password, or nothing. */
export async function putUser(sandboxId: number, planned: PlannedUser): Promise<Outcome> {
  const member = await findMember(sandboxId, planned.part.user.username);
  if (!planned.changed && !planned.secretChanged) return untouched(planned, member);
  // A new password makes nobody a member who was removed.
  if (!planned.changed)
    return member ? putPassword(planned, member) : { changes: [], left: leftOut(planned, removedBefore) };
  const demotes = member && standingOf(planned, member).role !== 'admin' && (await isLastAdmin(sandboxId, member));
  return demotes
    ? { changes: [], row: member.userId, left: leftOut(planned, stays), again: true }
    : putMember(sandboxId, planned, member);
}

function untouched(planned: PlannedUser, member: FoundMember | undefined): Outcome {
  // Nobody knows whether an administrator has removed them, or whether the file names them only since.
  const unknown = planned.given?.digest === null && !member;
  return unknown ? { changes: [], left: leftOut(planned, removedBefore) } : { changes: [], row: member?.userId };
}

async function putPassword({ part, secretHash }: PlannedUser, member: FoundMember): Promise<Outcome> {
  const set = secretHash !== null && member.passwordHash !== secretHash;
  if (set) await replacePassword(member.userId, secretHash);
  return { changes: set ? [passwordOf(part.user.username)] : [], row: member.userId };
}

async function putMember(sandboxId: number, planned: PlannedUser, member?: FoundMember): Promise<Outcome> {
  const { secretChanged, secretHash } = planned;
  const user = { username: planned.part.user.username, ...standingOf(planned, member) };
  const hashed = { ...user, passwordHash: secretHash ?? '' };
  const { userId, joined, passwordSet } = await applyUser(sandboxId, hashed, { keepsPassword: !secretChanged });
  const { username, role, fhirUser, proxyFor } = user;
  const about = { username, role, fhirUser, proxyFor: proxyFor?.join(',') };
  const changed = member ? Object.keys(differing(standingOf(planned, member), member)) : [];
  const changes: AppliedChange[] = joined
    ? [{ kind: 'member', action: 'C', about }]
    : changesOf('member', about, changed);
  return { changes: passwordSet ? [...changes, passwordOf(username)] : changes, row: userId };
}

/** Name and standing of a user: of a member, the file gives only what it says otherwise than before. */
function standingOf({ part, changes }: PlannedUser, member?: FoundMember) {
  const { name, role, fhirUser, proxyFor = [] } = part.user;
  const said = { name, role, fhirUser, proxyFor };
  if (!member) return said;
  return {
    name: changes('name') ? name : member.name,
    role: changes('role') ? role : member.role,
    fhirUser: changes('fhirUser') ? fhirUser : member.fhirUser,
    proxyFor: changes('proxyFor') ? proxyFor : member.proxyFor,
  };
}

/** Why the last administrator of a sandbox stays one, whatever the file says. */
export const stays = 'is the only administrator of this sandbox, and stays that';
const removedBefore =
  'is no member, and stays none: an administrator may have removed them. Add them in Administration, or change what this file says of them';

function leftOut({ part: { key } }: PlannedUser, reason: string) {
  return { kind: 'user' as const, key, reason };
}

function passwordOf(username: string): AppliedChange {
  return { kind: 'password', action: 'U', about: { username, by: 'sandbox-file' } };
}

interface FoundMember {
  userId: string;
  name: string;
  role: Role;
  fhirUser: string | undefined;
  proxyFor: string[];
  passwordHash: string;
}

async function findMember(sandboxId: number, username: string): Promise<FoundMember | undefined> {
  const found = await database().membership.findFirst({
    where: { sandboxId, user: { username } },
    select: {
      userId: true,
      role: true,
      fhirUser: true,
      proxyFor: true,
      user: { select: { name: true, passwordHash: true } },
    },
  });
  if (!found) return undefined;
  const { user, fhirUser, ...member } = found;
  return { ...member, ...user, fhirUser: fhirUser ?? undefined };
}
