import type { Member } from '#lib/data/member/memberships.ts';
import type { HookContext, HookName } from './hooks.ts';

/** A hook that fires: who is where, and the ids of the orders that are not signed. */
export interface Firing {
  member: Member;
  hook: HookName;
  /** A UUID of this event, the same for every service. */
  hookInstance: string;
  context: HookContext;
  drafts: string[];
}
