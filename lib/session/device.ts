import { userAgentFromString } from 'next/server';
import type { Device } from '#lib/data/session/begin-session.ts';

/** Headers are sent by whoever calls, so that nothing of them is kept at any length. */
const maxLength = 500;

/** The browser and network address of a sign-in, in words that its user recognises in the list of sessions. */
export function deviceOf(headers: Headers): Device {
  const { browser, os } = userAgentFromString((headers.get('user-agent') ?? '').slice(0, maxLength));
  const words = [browser.name ?? 'Unknown browser', ...(os.name ? [`on ${os.name}`] : [])];
  // The server that admits requests has written this header anew, whatever the client has sent.
  const address = headers.get('x-forwarded-for')?.split(',')[0]?.trim().slice(0, 45);
  return { browser: words.join(' ').slice(0, 100), address: address || undefined };
}
