'use client';

import { useActionState } from 'react';
import type { FormState } from '#components/ui/form/form-state.ts';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';

/** The result of changing the scopes of a service. */
export interface ScopeState extends FormState {
  saved?: boolean;
}

interface ScopeFormProps {
  service: { id: string; title: string; scope: string };
  action: (state: ScopeState, formData: FormData) => Promise<ScopeState>;
}

/** The scopes of a service, which limit its prefetch and its tokens. */
export function ScopeForm({ service: { id, title, scope }, action }: ScopeFormProps) {
  const [{ saved, errors = {}, typed = {} }, submit] = useActionState(action, {});
  return (
    <form action={submit} aria-label={`Scopes of ${title}`} className="flex flex-col gap-2">
      <input type="hidden" name="service" value={id} />
      <TextField
        key={typed.scope}
        mono
        name="scope"
        label="Scopes"
        autoComplete="off"
        defaultValue={typed.scope ?? scope}
        errors={errors.scope}
        hint="Of its prefetch and its tokens; without any it gets neither"
      />
      <div className="flex items-center gap-3">
        <SubmitButton variant="secondary" size="small" pendingLabel="Saving…">
          Save scopes
        </SubmitButton>
        {saved ? <span role="status">Saved.</span> : null}
      </div>
    </form>
  );
}
