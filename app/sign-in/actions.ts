'use server';

import { redirect } from 'next/navigation';
import { endSession } from '#lib/session/sign-out.ts';

/** Signs the browser out; the action of "Sign out" buttons. */
export async function signOut(): Promise<void> {
  await endSession();
  redirect('/sign-in?signed-out=1');
}
