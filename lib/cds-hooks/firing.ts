import type { Member } from '#lib/data/member/memberships.ts';
import type { HookContext, HookName } from './hooks.ts';

/** A hook that fires: the user and the context, and the ids of unsigned orders. */
export interface Firing {
  member: Member;
  hook: HookName;
  /** UUID of this event, the same for every service called. */
  hookInstance: string;
  context: HookContext;
  drafts: string[];
}
