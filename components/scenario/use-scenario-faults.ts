'use client';

import { type FormEvent, startTransition, useState } from 'react';
import { readScenarioForm } from '#lib/smart/scenario/form.ts';
import type { ScenarioFormState } from './scenario-form-state.ts';

type Faults = NonNullable<ScenarioFormState['errors']>;

/**
 * Judges the form of a scenario before it is sent, and what was at fault again while it is mended.
 * @param answered what the action said of what was sent last
 * @returns the faults by field, and the form's handlers.
 */
export function useScenarioFaults(answered: Faults | undefined, submit: (formData: FormData) => void) {
  const [judged, setJudged] = useState<Faults>();
  const judge = (form: HTMLFormElement) => {
    const formData = new FormData(form);
    const read = readScenarioForm(formData);
    setJudged('errors' in read ? read.errors : {});
    return 'scenario' in read ? formData : undefined;
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const formData = judge(event.currentTarget);
    if (!formData) return;
    setJudged(undefined);
    startTransition(() => submit(formData));
  };
  const onInput = ({ currentTarget }: FormEvent<HTMLFormElement>) => void (judged && judge(currentTarget));
  return { errors: judged ?? answered ?? {}, handlers: { onSubmit, onInput } };
}
