import { covers } from './narrow-scopes.ts';
import { parseScope, type Scope } from './scope.ts';

/**
 * Adds to each of several scopes the first other one that already permits all of it, if there is one: declining the
 * narrower scope alone changes nothing. Of two that permit the same, each contains the other.
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
