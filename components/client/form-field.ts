import type { TypedRegistration } from '#lib/smart/client/typed-registration.ts';

/** What a field of the registration form knows of itself, whatever library keeps it. */
export interface FormField {
  id: string;
  name: string;
  /** Changes when the field must be drawn anew, with the value it starts with. */
  key: string | undefined;
  initialValue: unknown;
  errors: string[] | undefined;
}

export type FormFields = Record<keyof TypedRegistration, FormField>;

/** The props of a text input, text area or select for a field; React's `key` goes beside them. */
export function textProps({ id, name, initialValue, errors }: FormField) {
  return { id, name, errors, defaultValue: typeof initialValue === 'string' ? initialValue : '' };
}

/** The props of a checkbox or switch for a field. */
export function tickProps({ id, name, initialValue, errors }: FormField) {
  return { id, name, errors, defaultChecked: initialValue === 'on' || initialValue === true };
}
