import type { Caller } from '../request/bearer.ts';
import type { Interaction } from '../request/interaction.ts';

/**
 * Answers one interaction. Bundles are given this function so that each entry is checked and answered like a request.
 */
export type Perform = (request: Request, caller: Caller, interaction: Interaction) => Promise<Response>;

/**
 * The sender of a Bundle, the function that answers its entries, and the Prefer header, which decides how much each
 * answer contains.
 */
export interface BundleContext {
  caller: Caller;
  perform: Perform;
  prefer: string | null;
}
