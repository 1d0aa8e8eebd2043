'use client';

import { type DefaultValue, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { type FormEvent, startTransition } from 'react';
import type { z } from 'zod';

interface JudgedForm<Typed, Value> {
  id: string;
  /** Turns the typed texts into a value, or into issues beside the fields. */
  schema: z.ZodType<Value, Typed>;
  initial: Typed;
  /** The last result of the action. */
  lastResult: SubmissionResult<string[]> | undefined;
  /** Sends the form to its action. */
  submit: (formData: FormData) => void;
}

/**
 * A form that is validated in the browser before it is sent, and again by its action.
 * @returns conform's form and fields, and the props of the form element.
 */
export function useJudgedForm<Typed extends Record<string, unknown>, Value>(judged: JudgedForm<Typed, Value>) {
  const { id, schema, initial, lastResult, submit } = judged;
  const [form, fields] = useForm<Typed, Value>({
    id,
    lastResult,
    defaultValue: initial as DefaultValue<Typed>,
    // Not on blur: an issue that appears would move the submit button away from under the pointer.
    shouldValidate: 'onSubmit',
    shouldRevalidate: 'onInput',
    onValidate: ({ formData }) => parseWithZod(formData, { schema }),
  });
  // Submitting from here keeps React from emptying the fields afterwards; without JavaScript the form's action is used.
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    form.onSubmit(event);
    if (event.defaultPrevented) return;
    event.preventDefault();
    const formData = new FormData(event.currentTarget);
    startTransition(() => submit(formData));
  };
  return { form, fields, element: { id: form.id, action: submit, onSubmit, noValidate: true } };
}
