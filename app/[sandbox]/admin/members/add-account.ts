import type { AddMemberState } from '#components/member/member-state.ts';
import { inviteMember } from '#lib/data/member/invitations.ts';
import { addNewMember, findMembers } from '#lib/data/member/members.ts';
import type { Member } from '#lib/data/member/memberships.ts';
import { usernameIn } from '#lib/smart/member/account-name.ts';
import type { TypedAccount, TypedStanding } from '#lib/smart/member/member-form.ts';
import { recordedStanding, recordMember } from './record-member.ts';
import { settleStanding } from './settle-standing.ts';

type Account<Kind> = Extract<TypedAccount, { account: Kind }>;

const taken: AddMemberState = { errors: { username: ['Somebody of this sandbox has this username.'] } };

/** Makes an account that is a member of the administrator's sandbox, or says that its username is taken. */
export async function addAccount(
  admin: Member,
  { username: local, name }: Account<'new'>,
  typed: TypedStanding,
): Promise<AddMemberState> {
  const { sandbox } = admin;
  const username = usernameIn(sandbox.slug, local);
  // Checked before a resource is made for the account. Between two administrators at once, the database decides.
  if ((await findMembers(sandbox.id)).some((member) => member.username === username)) return taken;
  const standing = await settleStanding(sandbox, typed, name);
  const added = await addNewMember(sandbox.id, { username, name }, standing);
  if (added === 'username-taken') return taken;
  await recordMember(admin, 'C', { username, ...recordedStanding(standing) });
  return { added: { username, name, password: added.password } };
}

/** Invites a username into the administrator's sandbox, without telling whether anybody has it. */
export async function inviteAccount(
  admin: Member,
  { username }: Account<'existing'>,
  typed: TypedStanding,
): Promise<AddMemberState> {
  const { sandbox, user } = admin;
  const standing = await settleStanding(sandbox, typed, username);
  await inviteMember(sandbox.id, username, { ...standing, invitedBy: user.name });
  await recordMember(admin, 'C', { invited: username, role: standing.role });
  return { invited: username };
}
