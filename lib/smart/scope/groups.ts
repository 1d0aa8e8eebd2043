import { changesData } from './describe-scope.ts';

/** What a scope is about, as the consent page groups them, in its order. */
export const scopeGroups = ['identity', 'record', 'changes', 'duration'] as const;

type ScopeGroup = (typeof scopeGroups)[number];

const named: Record<string, ScopeGroup> = {
  openid: 'identity',
  fhirUser: 'identity',
  profile: 'identity',
  offline_access: 'duration',
  online_access: 'duration',
  'smart/orchestrate_launch': 'changes',
  __introspect: 'changes',
};

/** Which group a scope belongs to: the most serious of what it permits. */
export function groupOfScope(text: string): ScopeGroup {
  return named[text] ?? (changesData(text) ? 'changes' : 'record');
}
