import type { Caller } from '../request/bearer.ts';
import type { Interaction } from '../request/interaction.ts';

/** How one interaction is answered; it comes as an argument, since entries go through the same door as requests. */
export type Perform = (request: Request, caller: Caller, interaction: Interaction) => Promise<Response>;

/** Who sent a Bundle, how its entries are answered, and what they want to be told. */
export interface BundleContext {
  caller: Caller;
  perform: Perform;
  prefer: string | null;
}
