'use client';

import { useActionState } from 'react';
import { CheckboxField } from '#components/ui/form/checkbox-field.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { useFocusOnErrors } from '#components/ui/form/use-focus-on-errors.ts';
import type { RegisteredService } from './registered-service.ts';
import type { ScopeState } from './scope-state.ts';

interface ScopeFormProps {
  service: Pick<RegisteredService, 'id' | 'title' | 'wants' | 'others'>;
  action: (state: ScopeState, formData: FormData) => Promise<ScopeState>;
}

/** What a service asks for, to be ticked, and further scopes for its tokens. */
export function ScopeForm({ service: { id, title, wants, others }, action }: ScopeFormProps) {
  const [state, submit] = useActionState(action, {});
  const { saved, errors = {}, typed = {}, ticked } = state;
  const form = useFocusOnErrors(state.errors);
  const isTicked = (scope: string, given: boolean) => ticked?.includes(scope) ?? given;
  return (
    <form ref={form} action={submit} aria-label={`What ${title} may see`} className="flex flex-col gap-3">
      <input type="hidden" name="service" value={id} />
      {wants.length > 0 ? (
        <fieldset className="flex flex-col gap-1">
          <legend className="text-sm font-medium">For its prefetch it asks to</legend>
          {wants.map(({ scope, words, given, beyondPatient }) => (
            <CheckboxField
              key={`${scope} ${isTicked(scope, given)}`}
              name="scope"
              value={scope}
              label={words}
              hint={beyondPatient ? `${scope}: reaches beyond the open patient` : scope}
              defaultChecked={isTicked(scope, given)}
            />
          ))}
        </fieldset>
      ) : null}
      <TextField
        key={typed.others}
        mono
        name="others"
        label="Other scopes"
        autoComplete="off"
        defaultValue={typed.others ?? others}
        errors={errors.scope}
        hint="For its tokens. Without any scope it gets neither prefetch nor token"
      />
      <div className="flex items-center gap-3">
        <SubmitButton variant="secondary" size="small" pendingLabel="Saving…">
          Save
        </SubmitButton>
        {saved ? <span role="status">Saved.</span> : null}
      </div>
    </form>
  );
}
