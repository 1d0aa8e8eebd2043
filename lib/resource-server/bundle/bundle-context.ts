import type { Caller } from '../request/bearer.ts';
import type { Interaction } from '../request/interaction.ts';

/** Answers one interaction. It is handed down to Bundles, so that every entry is checked and answered as a request is. */
export type Perform = (request: Request, caller: Caller, interaction: Interaction) => Promise<Response>;

/** Who sent a Bundle, how its entries are answered, and its Prefer header, which says how much of each is answered. */
export interface BundleContext {
  caller: Caller;
  perform: Perform;
  prefer: string | null;
}
