import { changesData } from './describe-scope.ts';

/** The groups of scopes on the consent page, in their order there. */
export const scopeGroups = ['identity', 'record', 'changes', 'duration'] as const;

type ScopeGroup = (typeof scopeGroups)[number];

const named = new Map<string, ScopeGroup>(
  Object.entries<ScopeGroup>({
    openid: 'identity',
    fhirUser: 'identity',
    profile: 'identity',
    offline_access: 'duration',
    online_access: 'duration',
    'smart/orchestrate_launch': 'changes',
    __introspect: 'changes',
  }),
);

/** The group of a scope, by the most serious thing that it permits. */
export function groupOfScope(text: string): ScopeGroup {
  return named.get(text) ?? (changesData(text) ? 'changes' : 'record');
}
