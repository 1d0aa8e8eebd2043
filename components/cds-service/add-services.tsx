'use client';

import { useActionState } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import type { FormState } from '#components/ui/form/form-state.ts';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { useFocusOnErrors } from '#components/ui/form/use-focus-on-errors.ts';

/** The result of looking up the services of an address. */
export interface AddServicesState extends FormState {
  registered?: string[];
  /** A sentence for each service that cannot be used. */
  problems?: string[];
}

interface AddServicesProps {
  action: (state: AddServicesState, formData: FormData) => Promise<AddServicesState>;
}

/** The form that registers the services of an address. */
export function AddServices({ action }: AddServicesProps) {
  const [state, submit] = useActionState(action, {});
  const { registered, problems = [], errors = {}, typed = {} } = state;
  const form = useFocusOnErrors(state.errors);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-3">
      {registered ? <Outcome registered={registered} problems={problems} /> : null}
      <TextField
        key={typed.url}
        name="url"
        label="Address of the services"
        required
        autoComplete="off"
        defaultValue={typed.url}
        errors={errors.url}
        hint="The base URL, or the discovery endpoint that ends in /cds-services. Asked again, an address renews what is known of its services, and gives them nothing more."
      />
      <div>
        <SubmitButton pendingLabel="Asking…">Add services</SubmitButton>
      </div>
    </form>
  );
}

function Outcome({ registered, problems }: { registered: string[]; problems: string[] }) {
  return (
    <>
      {registered.length > 0 ? (
        <Callout tone="success" role="status" title={`Registered: ${registered.join(', ')}`}>
          New services are switched off and see nothing: tick below what each may see, then enable it.
        </Callout>
      ) : (
        <Callout tone="warning" role="status" title="There is no service there that can be used" />
      )}
      {problems.length > 0 ? (
        <Callout tone="warning" title="Not registered">
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
    </>
  );
}
