import type { FormState } from '#components/ui/form/form-state.ts';

/** What came of adding a member. */
export interface AddMemberState extends FormState {
  /** A new account; its password is there only now. */
  added?: { username: string; name: string; password: string } | undefined;
  /** The user name of whom was asked. */
  invited?: string | undefined;
}

/** A choice of a list. */
export interface Choice {
  value: string;
  label: string;
}

/** What a form about a member begins with. */
export interface InitialMember {
  role: 'admin' | 'clinician' | 'patient';
  /** Id of the Practitioner that they are, or ''. */
  practitioner: string;
  /** The Patient that they are. */
  patient?: ChosenPatient | undefined;
  proxyFor: readonly ChosenPatient[];
}

export interface ChosenPatient {
  id: string;
  label: string;
}
