import { env } from '#lib/env.ts';

/** The cookie that keeps the name typed into a failed sign-in, for the form that is shown again. */
export const usernameCookie = 'sign-in-username';

/** The `Set-Cookie` value that keeps `username` for two minutes, for the sign-in page alone. */
export function rememberedUsername(username: string): string {
  const secure = env().origin.startsWith('https:') ? '; Secure' : '';
  const value = encodeURIComponent(username.slice(0, 200).toWellFormed());
  return `${usernameCookie}=${value}; Path=/sign-in; Max-Age=120; HttpOnly; SameSite=Lax${secure}`;
}
