'use client';

import { type FormEvent, useState } from 'react';
import { readTypedContext, TypedContext } from '#lib/smart/launch/context-form.ts';

/**
 * The fields of a launch context inside a form: whether they are unfolded, or were before, so that what was typed is
 * kept, and what is wrong with it.
 */
export function useTypedContext() {
  const [shown, setShown] = useState(false);
  const [begun, setBegun] = useState(false);
  const [faults, setFaults] = useState<ReturnType<typeof faultsOf>>({});
  /** Keeps the form from being sent when a field is at fault; whether it may go. */
  const judge = (event: FormEvent<HTMLFormElement>): boolean => {
    const found = faultsOf(new FormData(event.currentTarget));
    setFaults(found);
    if (Object.keys(found).length === 0) return true;
    event.preventDefault();
    setShown(true);
    return false;
  };
  const unfold = (open: boolean) => {
    setShown(open);
    setBegun(begun || open);
  };
  return { shown, begun, unfold, faults, judge };
}

/** What is wrong with the fields of a launch context in a form, by field. */
function faultsOf(form: FormData) {
  const typed = TypedContext.safeParse(Object.fromEntries(form)).data ?? {};
  return readTypedContext(typed).faults ?? {};
}
