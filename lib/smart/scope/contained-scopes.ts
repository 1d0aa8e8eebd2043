import { covers } from './narrow-scopes.ts';
import { parseScope, type Scope } from './scope.ts';

/**
 * Scopes that are asked for together, each with the first other one that already permits all of it: whoever takes away
 * the narrower alone takes away nothing. Of two that permit the same, each contains the other.
 */
export function containedIn<Asked extends { scope: string }>(asked: readonly Asked[]): (Asked & { within?: string })[] {
  const parsed = asked.map(({ scope }) => parseScope(scope));
  return asked.map((one, index) => {
    const within = asked.find((_, other) => other !== index && contains(parsed[other], parsed[index]))?.scope;
    return within === undefined ? one : { ...one, within };
  });
}

function contains(wide: Scope | undefined, narrow: Scope | undefined): boolean {
  return wide !== undefined && narrow?.kind === 'resource' && covers([wide], narrow);
}
