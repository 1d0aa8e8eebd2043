import { database } from '#lib/data/database/database.ts';
import { env } from '#lib/env.ts';
import { formOf } from './action-request.ts';
import type { Entrance } from './entrances.ts';
import { fieldsNaming, type Holdings } from './holdings.ts';

/** Actions of the origin, which take no slug, with their arguments. */
export const ofOrigin: Record<string, (form: FormData) => unknown[]> = {
  answerOwnInvitation: (form) => [form],
  saveOwnPassword: (form) => [{}, form],
  endOwnSession: (form) => [form],
  endOwnOtherSessions: () => [],
  makeSandbox: (form) => [{}, form],
};

/** Actions open to everybody: this one only ends the session of the browser that calls it. */
const open = new Set(['signOut']);

/** The arguments between the slug and the form. */
const between: Record<string, (held: Holdings) => unknown[]> = {
  changeApp: ({ clientId }) => [clientId, {}],
  saveMember: ({ users }) => [users.chen, {}],
  resetMemberPassword: ({ users }) => [users.chen, {}],
  saveScenario: () => ['scenario', {}],
};

/** Actions that call another server first, which does not exist in these tests. */
export const calls = new Set(['addServices']);

/** Preparations without which an action would change nothing. */
export const preparations: Record<string, (sandboxId: number) => Promise<unknown>> = {
  disableService: (sandboxId) => database().cdsService.updateMany({ where: { sandboxId }, data: { enabled: true } }),
};

/** The actions of these files that are not open to everybody, one by one. */
export function calledActions(
  files: Entrance[],
): { file: string; name: string; action: Entrance['exports'][string] }[] {
  return files.flatMap(({ file, exports }) =>
    Object.entries(exports).flatMap(([name, action]) => (open.has(name) ? [] : [{ file, name, action }])),
  );
}

/** The arguments of an action, of the sandbox `slug` or of the origin; its form names what is held in `held`. */
export function argumentsOf(
  name: string,
  length: number,
  slug: string,
  held: Holdings,
  form = formOf(fieldsNaming(held)),
): unknown[] {
  const ofServer = ofOrigin[name]?.(form);
  if (ofServer) return ofServer;
  const given = between[name]?.(held) ?? (length === 3 ? [{}] : []);
  const all = length === 1 ? [slug] : [slug, ...given, form];
  if (all.length !== length)
    throw new Error(`Say in action-calls.ts how ${name} is called: it takes ${length} arguments.`);
  return all;
}

/** The outcome of a call as a status, be it answered or thrown for Next; 303 is a redirect to sign in. */
export async function outcome(call: () => unknown): Promise<number | string> {
  try {
    const answer = await call();
    if (!(answer instanceof Response)) return 200;
    const location = answer.headers.get('location');
    return location ? refusedAt(location) : answer.status;
  } catch (thrown) {
    const { digest = '' } = thrown as { digest?: string };
    if (digest.startsWith('NEXT_HTTP_ERROR_FALLBACK;')) return Number(digest.split(';')[1]);
    const [kind, , location = ''] = digest.split(';');
    if (kind === 'NEXT_REDIRECT') return refusedAt(location);
    throw thrown;
  }
}

function refusedAt(location: string): number | string {
  const { pathname } = new URL(location, env().origin);
  if (pathname === '/sign-in') return 401;
  return pathname.endsWith('/launch/refused') ? 403 : `to ${pathname}`;
}
