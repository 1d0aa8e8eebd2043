import type { FormState } from '#components/ui/form/form-state.ts';

/** The result of changing the own password; no field is ever sent back. */
export interface PasswordState extends Pick<FormState, 'errors'> {
  changed?: boolean | undefined;
}
