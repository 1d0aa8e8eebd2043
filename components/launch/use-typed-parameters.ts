'use client';

import { type FormEvent, useState } from 'react';
import { readTypedParameters, TypedParameters } from '#lib/smart/launch/parameters-form.ts';

/**
 * The state of the launch parameter fields of a form: their issues, and whether they are or were unfolded, since fields
 * that were unfolded stay in the form and keep what was typed.
 */
export function useTypedParameters() {
  const [shown, setShown] = useState(false);
  const [begun, setBegun] = useState(false);
  const [issues, setIssues] = useState<ReturnType<typeof issuesOf>>({});
  /** Stops the form from being sent when a field has an issue. @returns whether it may be sent. */
  const judge = (event: FormEvent<HTMLFormElement>): boolean => {
    const found = issuesOf(new FormData(event.currentTarget));
    setIssues(found);
    if (Object.keys(found).length === 0) return true;
    event.preventDefault();
    setShown(true);
    return false;
  };
  const unfold = (open: boolean) => {
    setShown(open);
    setBegun(begun || open);
  };
  return { shown, begun, unfold, issues, judge };
}

/** The issues of the fields of a launch's parameters in a form, by field. */
function issuesOf(form: FormData) {
  const typed = TypedParameters.safeParse(Object.fromEntries(form)).data ?? {};
  return readTypedParameters(typed).issues ?? {};
}
