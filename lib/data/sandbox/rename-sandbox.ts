import { endOfNamesIn } from '#lib/smart/member/account-name.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { isTaken } from '../database/constraint.ts';
import { database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { notDeleted } from './deleted-sandboxes.ts';
import type { Sandbox } from './sandboxes.ts';

/** Why a sandbox was not renamed: there is none, no sandbox can be named so, or something else is. */
export type RenameRefusal = 'unknown' | 'not-a-slug' | 'taken';

/**
 * Gives a sandbox another slug, and with it another issuer and FHIR base; it may have one without an address. What apps
 * were given names the issuer from before, so it ends, and launches that wait are withdrawn. Registration access tokens
 * stay, as do remembered consents.
 * @returns the sandbox under its new slug
 */
export async function renameSandbox(from: string, to: string): Promise<Sandbox | { refusal: RenameRefusal }> {
  if (!isSandboxSlug(to)) return { refusal: 'not-a-slug' };
  try {
    // No client waits, and there may be a great deal to end.
    return await inTransaction(() => rename(from, to), { background: true });
  } catch (error) {
    // A sandbox was made there at the same moment.
    if (isTaken(error)) return { refusal: 'taken' };
    throw error;
  }
}

async function rename(from: string, slug: string): Promise<Sandbox | { refusal: RenameRefusal }> {
  const where = { AND: [{ slug: from }, notDeleted] };
  const found = await database().sandbox.findFirst({ where, select: { id: true, name: true } });
  if (!found) return { refusal: 'unknown' };
  const other = await database().sandbox.findUnique({ where: { slug }, select: { id: true } });
  if (other || (await isNamedElsewhere(slug, found.id))) return { refusal: 'taken' };
  await database().sandbox.update({ where: { id: found.id }, data: { slug, settingsVersion: { increment: 1 } } });
  await endWhatNamesTheIssuer(found.id);
  return { ...found, slug };
}

/** Whether accounts of others are named after that sandbox, as after one that was deleted. */
async function isNamedElsewhere(slug: string, sandboxId: number): Promise<boolean> {
  const where = { username: { endsWith: endOfNamesIn(slug) }, memberships: { none: { sandboxId } } };
  return (await database().user.findFirst({ where, select: { id: true } })) !== null;
}

async function endWhatNamesTheIssuer(sandboxId: number): Promise<void> {
  // A RegistrationAccessToken belongs to the registration of an app, which stays.
  await database().oidcPayload.deleteMany({ where: { sandboxId, model: { not: 'RegistrationAccessToken' } } });
  await database().grantContext.deleteMany({ where: { sandboxId } });
  const waiting = { sandboxId, usedAt: null, withdrawnAt: null };
  await database().launchContext.updateMany({ where: waiting, data: { withdrawnAt: new Date() } });
}
