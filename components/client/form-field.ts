import type { TypedRegistration } from '#lib/smart/client/typed-registration.ts';

/** A field of the registration form, independent of the form library. */
export interface FormField {
  id: string;
  name: string;
  /** React's key; it changes when the field must be mounted again with its initial value. */
  key: string | undefined;
  initialValue: unknown;
  errors: string[] | undefined;
}

export type FormFields = Record<keyof TypedRegistration, FormField>;

/** The props of a text input, text area or select for a field; `key` is passed separately, as React requires. */
export function textProps({ id, name, initialValue, errors }: FormField) {
  return { id, name, errors, defaultValue: typeof initialValue === 'string' ? initialValue : '' };
}

/** The props of a checkbox or switch for a field. */
export function tickProps({ id, name, initialValue, errors }: FormField) {
  return { id, name, errors, defaultChecked: initialValue === 'on' || initialValue === true };
}
