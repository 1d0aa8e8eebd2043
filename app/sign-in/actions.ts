'use server';

import { redirect } from 'next/navigation';
import { endSession } from '#lib/session/sign-out.ts';

/** For the form of a "Sign out" button. */
export async function signOut(): Promise<void> {
  await endSession();
  redirect('/sign-in?signed-out=1');
}
