import { covers } from './narrow-scopes.ts';
import { parseScope, type Scope } from './scope.ts';

/**
 * Marks each scope that is contained in another, `within` the first one that permits all of it. Who declines only the
 * contained scope still grants its access by the other, so the consent page says so. Two scopes that permit the same
 * contain each other.
 */
export function containedIn<Offered extends { scope: string }>(
  offered: readonly Offered[],
): (Offered & { within?: string })[] {
  const parsed = offered.map(({ scope }) => parseScope(scope));
  return offered.map((one, index) => {
    const within = offered.find((_, other) => other !== index && contains(parsed[other], parsed[index]))?.scope;
    return within === undefined ? one : { ...one, within };
  });
}

function contains(wide: Scope | undefined, narrow: Scope | undefined): boolean {
  return wide !== undefined && narrow?.kind === 'resource' && covers([wide], narrow);
}
