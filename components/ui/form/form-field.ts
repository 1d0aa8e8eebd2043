/** A field of a form as its input is drawn, whatever library keeps the form. */
export interface FormField {
  id: string;
  name: string;
  /** React’s key; it changes when the input must be drawn anew with its initial value. */
  key: string | undefined;
  initialValue: unknown;
  errors: string[] | undefined;
}

/** The props of a text input, text area or select for a field; React's `key` goes beside them. */
export function textProps({ id, name, initialValue, errors }: FormField) {
  return { id, name, errors, defaultValue: typeof initialValue === 'string' ? initialValue : '' };
}

/** The props of a checkbox or switch for a field. */
export function tickProps({ id, name, initialValue, errors }: FormField) {
  return { id, name, errors, defaultChecked: initialValue === 'on' || initialValue === true };
}
