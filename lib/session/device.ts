import { userAgentFromString } from 'next/server';
import type { Device } from '#lib/data/session/begin-session.ts';
import { callerAddress } from '#lib/http/caller/caller-address.ts';

/** Headers are sent by whoever calls, so that nothing of them is kept at any length. */
const maxLength = 500;

/** The browser and network address of a sign-in, in words that its user recognises in the list of sessions. */
export function deviceOf(headers: Headers): Device {
  const { browser, os } = userAgentFromString((headers.get('user-agent') ?? '').slice(0, maxLength));
  const words = [browser.name ?? 'Unknown browser', ...(os.name ? [`on ${os.name}`] : [])];
  return { browser: words.join(' ').slice(0, 100), address: callerAddress() };
}
