'use client';

import { type FormEvent, useState } from 'react';
import { readTypedParameters, TypedParameters } from '#lib/smart/launch/parameters-form.ts';

/**
 * Keeps the state of the fields of a launch's parameters inside a form: whether they are unfolded, or were before, so
 * that what was typed is kept, and its issues.
 */
export function useTypedParameters() {
  const [shown, setShown] = useState(false);
  const [begun, setBegun] = useState(false);
  const [issues, setIssues] = useState<ReturnType<typeof issuesOf>>({});
  /** Keeps the form from being sent when a field has an issue. @returns whether it may go. */
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
