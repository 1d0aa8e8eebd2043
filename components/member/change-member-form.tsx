'use client';

import { useActionState } from 'react';
import { FormButtons } from '#components/ui/form/form-buttons.tsx';
import type { FormState } from '#components/ui/form/form-state.ts';
import { useFocusOnErrors } from '#components/ui/form/use-focus-on-errors.ts';
import { MemberFields } from './member-fields.tsx';
import type { Choice, InitialMember } from './member-state.ts';

interface ChangeMemberFormProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  sandbox: string;
  initial: InitialMember;
  practitioners: readonly Choice[];
  backHref: string;
}

/** The form for a member's role, the resource that stands for them, and the patients for whom they act. */
export function ChangeMemberForm({ action, sandbox, initial, practitioners, backHref }: ChangeMemberFormProps) {
  const [{ errors }, submit] = useActionState(action, {});
  const form = useFocusOnErrors(errors);
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-4">
      <MemberFields sandbox={sandbox} initial={initial} practitioners={practitioners} errors={errors ?? {}} />
      <FormButtons submit="Save member" pending="Saving…" backHref={backHref} />
    </form>
  );
}
