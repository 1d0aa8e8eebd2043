import { forbidden } from 'next/navigation';
import { administersAny } from '#lib/data/sandboxes.ts';
import type { User } from '#lib/data/users.ts';
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
