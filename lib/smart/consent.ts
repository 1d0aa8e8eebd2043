import { type OwnOrigins, originsOf } from '#lib/address/own-origins.ts';
import { covers } from './scope/narrow-scopes.ts';
import { parseScope, parseScopes } from './scope/scope.ts';

/** The scopes that a user allowed an app, and those that they were asked for and did not allow. */
export interface ConsentAnswer {
  allowed: string[];
  declined: string[];
}

/** The verdict of an earlier answer on a scope that is requested now. */
export type ScopeStanding = 'allowed' | 'declined' | 'new';

/**
 * The number of scopes that are remembered, more than an app reasonably requests. The oldest beyond it are forgotten.
 */
const maxRemembered = 200;

/**
 * The verdict of an earlier answer on `scope`. A scope that was allowed allows all that it contains, in the v1 or v2
 * spelling. A scope that was declined declines only itself: the user may well allow something narrower.
 */
export function standingOf(scope: string, { allowed, declined }: ConsentAnswer): ScopeStanding {
  if (allowed.includes(scope)) return 'allowed';
  if (declined.some((other) => contains(other, scope) && contains(scope, other))) return 'declined';
  return contains(allowed.join(' '), scope) ? 'allowed' : 'new';
}

/** The scopes that an earlier answer grants without asking again; undefined when one is new, or none is allowed. */
export function allowedBefore(scopes: readonly string[], answer: ConsentAnswer): string[] | undefined {
  const standings = scopes.map((scope) => standingOf(scope, answer));
  if (standings.includes('new')) return undefined;
  const allowed = scopes.filter((_, index) => standings[index] === 'allowed');
  return allowed.length > 0 ? allowed : undefined;
}

/**
 * The answer to remember after the user allowed `allowed` of `offered`; answers about other scopes stay as they were.
 */
export function mergeAnswers(
  before: ConsentAnswer,
  offered: readonly string[],
  allowed: readonly string[],
): ConsentAnswer {
  const askedNow = offered.join(' ');
  const kept = (scopes: string[]) => scopes.filter((scope) => !contains(askedNow, scope));
  const newest = (scopes: string[]) => scopes.slice(0, maxRemembered);
  return {
    allowed: newest([...allowed, ...kept(before.allowed)]),
    declined: newest([...offered.filter((scope) => !allowed.includes(scope)), ...kept(before.declined)]),
  };
}

/** Tells whether the scopes `wide` permit all that the scope `narrow` does. */
function contains(wide: string, narrow: string): boolean {
  const scope = parseScope(narrow);
  return scope ? covers(parseScopes(wide), scope) : wide.split(' ').includes(narrow);
}

/**
 * Tells whether an authorization response surely reaches the app itself, so that it may be sent without asking the
 * user. Either the app proves who it is when it fetches its token, or the response goes to its https address. A
 * loopback address or a scheme can be taken over by another program on the device; our `own` origins are safe even
 * if they are http.
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-8.6
 */
export function isSureOfApp(app: { public: boolean; redirectUri: string }, own: OwnOrigins): boolean {
  if (!app.public) return true;
  return (
    app.redirectUri.startsWith('https://') || originsOf(own).some((origin) => app.redirectUri.startsWith(`${origin}/`))
  );
}
