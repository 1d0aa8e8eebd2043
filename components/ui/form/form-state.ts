/** Sentences about what is wrong with a form, by the name of the field. */
export type ErrorsByField = Record<string, string[] | undefined>;

/** The state that the action of a short form returns, for `useActionState`; long forms use `useJudgedForm`. */
export interface FormState {
  errors?: ErrorsByField | undefined;
  /** The typed values by the name of the field, so that nobody must type them again. */
  typed?: Record<string, string> | undefined;
}

/** The text fields of a form as they were typed. Of fields of the same name the last counts, and files do not. */
export function typedIn(formData: FormData): Record<string, string> {
  return Object.fromEntries([...formData].filter((field): field is [string, string] => typeof field[1] === 'string'));
}
