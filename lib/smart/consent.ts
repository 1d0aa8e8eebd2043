import { covers } from './scope/narrow-scopes.ts';
import { parseScope, parseScopes } from './scope/scope.ts';

/** The scopes that a user allowed an app, and those that they were asked for and did not allow. */
export interface ConsentAnswer {
  allowed: string[];
  declined: string[];
}

/** What an earlier answer says about a scope that is asked for now. */
export type ScopeStanding = 'allowed' | 'declined' | 'new';

/** More than an app asks for in earnest; older answers beyond it are forgotten. */
const maxRemembered = 200;

/**
 * What an earlier answer says about `scope`. Allowing something allows all it contains, in either spelling; declining it
 * declines no more than the same thing: what is narrower is another question.
 */
export function standingOf(scope: string, { allowed, declined }: ConsentAnswer): ScopeStanding {
  if (allowed.includes(scope)) return 'allowed';
  if (declined.some((other) => contains(other, scope) && contains(scope, other))) return 'declined';
  return contains(allowed.join(' '), scope) ? 'allowed' : 'new';
}

/** What an app gets by an earlier answer alone; undefined when it asks for something new, or for nothing allowed. */
export function allowedBefore(scopes: readonly string[], answer: ConsentAnswer): string[] | undefined {
  const standings = scopes.map((scope) => standingOf(scope, answer));
  if (standings.includes('new')) return undefined;
  const allowed = scopes.filter((_, index) => standings[index] === 'allowed');
  return allowed.length > 0 ? allowed : undefined;
}

/** The answer to remember after `allowed` of `offered` was allowed; what was not asked about now stays as it was. */
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

/** Whether having `wide`, a list of scopes, is having `narrow` too. */
function contains(wide: string, narrow: string): boolean {
  const scope = parseScope(narrow);
  return scope ? covers(parseScopes(wide), scope) : wide.split(' ').includes(narrow);
}

/**
 * Whether it is certain which app an answer goes to, so that it may be given without asking: the app proves who it is
 * when it fetches its token, or the answer can only reach its own https address. Another program on the same device can
 * take over a loopback address or a scheme. What lies at our own `origin` is certain however that is spelt.
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-8.6
 */
export function isSureOfApp(app: { public: boolean; redirectUri: string }, origin: string): boolean {
  if (!app.public) return true;
  return app.redirectUri.startsWith('https://') || app.redirectUri.startsWith(`${origin}/`);
}
