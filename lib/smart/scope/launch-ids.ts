import { parseScopes } from './scope.ts';

/**
 * The launch ids in a `scope`: apps of OpenMRS send theirs as `launch:{id}` inside it instead of in the parameter `launch`.
 * More than one is nothing that an app may send.
 */
export function launchIdsIn(scope: string): string[] {
  return parseScopes(scope).flatMap((parsed) => (parsed.kind === 'launch-id' ? [parsed.launchId] : []));
}
