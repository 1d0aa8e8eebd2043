import { forbidden } from 'next/navigation';
import type { User } from '#lib/data/member/users.ts';
import { administersAny } from '#lib/data/sandbox/sandboxes.ts';
import { env } from '#lib/env.ts';
import { requireUser } from '#lib/session/current-user.ts';

/** Whether a user makes sandboxes in the browser: administrators of any do, unless that is switched off. */
export async function mayMakeSandboxes(userId: string): Promise<boolean> {
  return env().makingSandboxes && (await administersAny(userId));
}

/** Who sits at the EHR, when they may make sandboxes; everyone else is sent to sign-in or answered 403. */
export async function requireMaker(): Promise<User> {
  const user = await requireUser('/sandboxes/new');
  return (await mayMakeSandboxes(user.id)) ? user : forbidden();
}
