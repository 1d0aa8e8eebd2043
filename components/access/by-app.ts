import type { GrantedAccess } from './granted-access.ts';

type SomeGrants = [GrantedAccess, ...GrantedAccess[]];

/** Groups grants, which must be sorted by app, into one list for each app. */
export function byApp(grants: readonly GrantedAccess[]): SomeGrants[] {
  const lists: SomeGrants[] = [];
  for (const grant of grants) {
    const last = lists.at(-1);
    if (last?.[0].client.clientId === grant.client.clientId) last.push(grant);
    else lists.push([grant]);
  }
  return lists;
}
