'use server';

import { redirect } from 'next/navigation';
import { signOutHere } from '#lib/session/sign-out.ts';

/** Signs the browser out; the action of "Sign out" buttons. */
export async function signOut(): Promise<void> {
  await signOutHere();
  redirect('/sign-in?signed-out=1');
}
