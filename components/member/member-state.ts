import type { FormState } from '#components/ui/form/form-state.ts';

/** The result of adding a member. */
export interface AddMemberState extends FormState {
  /** The new account; its password is present only in this response. */
  added?: { username: string; name: string; password: string } | undefined;
  /** The username that was invited. */
  invited?: string | undefined;
}

/** The result of resetting a member's password. */
export interface ResetState {
  /** The new password, present only in this response. */
  password?: string | undefined;
  /** Why it was not reset. */
  refusal?: string | undefined;
}

/** An option of a list. */
export interface Choice {
  value: string;
  label: string;
}

/** The initial values of a form about a member. */
export interface InitialMember {
  role: 'admin' | 'clinician' | 'patient';
  /** Id of the Practitioner that stands for them, or ''. */
  practitioner: string;
  /** The Patient that stands for them. */
  patient?: ChosenPatient | undefined;
  proxyFor: readonly ChosenPatient[];
}

export interface ChosenPatient {
  id: string;
  label: string;
}
