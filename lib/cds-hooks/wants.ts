import { describeScope } from '#lib/smart/scope/describe-scope.ts';
import { covers } from '#lib/smart/scope/narrow-scopes.ts';
import { parseScope, parseScopes, splitScope } from '#lib/smart/scope/scope.ts';
import { scopesOfPrefetch } from './prefetch-template.ts';

/** A scope that a service asks for by its prefetch, in words, and whether it was given. */
interface ServiceWant {
  scope: string;
  /** A sentence for administrators. */
  words: string;
  given: boolean;
  /** Whether it reaches beyond the open patient, to all whom the user may see. */
  beyondPatient: boolean;
}

/** What a service asks for, and what else it was given: scopes for its token that no template needs. */
export interface ServiceWants {
  wants: ServiceWant[];
  others: string;
}

/** Compares what the templates of a service need with the scopes that it was given. */
export function wantsOf({ prefetch, scope: given }: { prefetch: Record<string, string>; scope: string }): ServiceWants {
  const scopes = parseScopes(given);
  const wants = scopesOfPrefetch(prefetch).map((scope) => {
    const parsed = parseScope(scope);
    return {
      scope,
      words: describeScope(scope, { offlineSeconds: 0, forUsers: true }),
      given: parsed !== undefined && covers(scopes, parsed),
      beyondPatient: scope.startsWith('user/'),
    };
  });
  const wanted = new Set(wants.map(({ scope }) => scope));
  return {
    wants,
    others: splitScope(given)
      .filter((scope) => !wanted.has(scope))
      .join(' '),
  };
}
