'use client';

import { useActionState } from 'react';
import { ButtonLink } from '#components/ui/button.tsx';
import type { FormState } from '#components/ui/form/form-state.ts';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { MemberFields } from './member-fields.tsx';
import type { Choice, InitialMember } from './member-state.ts';

interface ChangeMemberFormProps {
  action: (state: FormState, formData: FormData) => Promise<FormState>;
  sandbox: string;
  initial: InitialMember;
  practitioners: readonly Choice[];
  backHref: string;
}

/** Changes what a member is, and whom they stand and act for. */
export function ChangeMemberForm({ action, sandbox, initial, practitioners, backHref }: ChangeMemberFormProps) {
  const [{ errors = {} }, submit] = useActionState(action, {});
  return (
    <form action={submit} noValidate className="flex flex-col gap-4">
      <MemberFields sandbox={sandbox} initial={initial} practitioners={practitioners} errors={errors} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton pendingLabel="Saving…">Save member</SubmitButton>
        <ButtonLink variant="secondary" href={backHref}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}
