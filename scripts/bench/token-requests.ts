/** The requests that an app repeats at the authorization server after a launch. */
import type { KeyObject } from 'node:crypto';
import { offlineApp, offlineScope, serviceForm } from './clients.ts';
import { post } from './http.ts';
import { type Launcher, launchApp, type Tokens } from './launch.ts';

/** Number of apps that refresh at once, for a refresh token can be used only once. */
const apps = 16;

/** Refreshes with a token that no other request uses, and keeps the next one. */
export async function refreshing(launcher: Launcher): Promise<() => Promise<void>> {
  const { origin } = launcher;
  const tokens: string[] = [];
  for (let app = 0; app < apps; app++) {
    const { refresh_token } = await launchApp({ ...launcher, clientId: offlineApp, scope: offlineScope });
    if (!refresh_token) throw new Error('The app got no refresh token.');
    tokens.push(refresh_token);
  }
  return async () => {
    const refresh_token = tokens.pop() ?? '';
    const form = { grant_type: 'refresh_token', client_id: offlineApp, refresh_token };
    const next = JSON.parse(await post(`${origin}/demo/oauth/token`, form)) as Tokens;
    tokens.push(next.refresh_token ?? '');
  };
}

/** Introspects a token as the app that it was issued to. */
export function introspecting({ origin, clientId }: Launcher, token: string): () => Promise<void> {
  return async () => {
    const body = await post(`${origin}/demo/oauth/introspect`, { token, client_id: clientId });
    if (!body.includes('"active":true')) throw new Error(`The introspection endpoint answered ${body}`);
  };
}

/** Requests a token as a backend service. */
export function serving({ origin }: Launcher, key: KeyObject): () => Promise<void> {
  const endpoint = `${origin}/demo/oauth/token`;
  return async () => {
    await post(endpoint, serviceForm(endpoint, key));
  };
}
