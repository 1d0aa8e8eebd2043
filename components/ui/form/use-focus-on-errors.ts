'use client';

import { type RefObject, useEffect, useRef } from 'react';
import type { ErrorsByField } from './form-state.ts';

/**
 * Moves the focus to the first wrong field whenever an action has answered with errors, so that they are read out.
 * @param errors as the state of `useActionState` has them: a new object for each answer
 * @returns the `ref` of the form
 */
export function useFocusOnErrors(errors: ErrorsByField | undefined): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (errors) form.current?.querySelector<HTMLElement>(wrongControl)?.focus();
  }, [errors]);
  return form;
}

/** A group of radio buttons says that it is wrong for all of them. */
const wrongControl = '[aria-invalid="true"]:not(fieldset), fieldset[aria-invalid="true"] input:checked';
