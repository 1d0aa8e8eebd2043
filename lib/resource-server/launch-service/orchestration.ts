import { splitScope } from '#lib/smart/scope/scope.ts';
import type { Caller } from '../request/bearer.ts';
import { beyondReach } from './launch-error.ts';

const scope = 'smart/orchestrate_launch';

/** Refuses a token without `smart/orchestrate_launch` where the sandbox requires it. @throws LaunchError 403 */
export function requireOrchestration({ sandbox, token }: Caller): void {
  if (!sandbox.orchestrateScope || splitScope(token.scope).includes(scope)) return;
  throw beyondReach(`The scope ${scope} is missing. This sandbox asks for it.`);
}
