import type { FormState } from '#components/ui/form/form-state.ts';

/** The result of changing what a service may see. */
export interface ScopeState extends FormState {
  saved?: boolean;
  /** The scopes that were ticked. */
  ticked?: string[];
}
