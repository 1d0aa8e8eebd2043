import { parseScopes } from './scope.ts';

/**
 * The launch ids in a `scope` value: apps of OpenMRS send theirs there, as `launch:{id}`, instead of in the parameter
 * `launch`. Callers refuse more than one.
 */
export function launchIdsIn(scope: string): string[] {
  return parseScopes(scope).flatMap((parsed) => (parsed.kind === 'launch-id' ? [parsed.launchId] : []));
}
