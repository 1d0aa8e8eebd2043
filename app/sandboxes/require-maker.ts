import { forbidden } from 'next/navigation';
import type { User } from '#lib/data/member/users.ts';
import { administersAny } from '#lib/data/sandbox/sandboxes.ts';
import { env } from '#lib/env.ts';
import { requireUser } from '#lib/session/current-user.ts';

/** Tells whether a user may make sandboxes in the browser: administrators of any may, unless it is switched off. */
export async function mayMakeSandboxes(userId: string): Promise<boolean> {
  return env().makingSandboxes && (await administersAny(userId));
}

/** Answers the user if they may make sandboxes; everyone else is sent to sign in, or gets 403. */
export async function requireMaker(): Promise<User> {
  const user = await requireUser('/sandboxes/new');
  return (await mayMakeSandboxes(user.id)) ? user : forbidden();
}
