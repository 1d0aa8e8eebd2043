'use client';

import { useActionState, useState } from 'react';
import { ButtonLink } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CopyableText } from '#components/ui/copyable-text.tsx';
import { FormButtons } from '#components/ui/form/form-buttons.tsx';
import { FormOutcome } from '#components/ui/form/form-outcome.tsx';
import { RadioGroupField } from '#components/ui/form/radio-group-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { useFocusOnErrors } from '#components/ui/form/use-focus-on-errors.ts';
import { isolating } from '#components/ui/isolating.tsx';
import { MemberFields } from './member-fields.tsx';
import type { AddMemberState, Choice } from './member-state.ts';

interface AddMemberFormProps {
  action: (state: AddMemberState, formData: FormData) => Promise<AddMemberState>;
  sandbox: string;
  practitioners: readonly Choice[];
  backHref: string;
}

const accounts = [
  { value: 'new', label: 'A new account', hint: 'You get its password to hand over' },
  {
    value: 'existing',
    label: 'An account that exists',
    hint: 'Whoever has this username finds an invitation on their start page. You are not told whether anybody has it',
  },
];

/** The form that adds a new or invited member to a sandbox. */
export function AddMemberForm({ action, sandbox, practitioners, backHref }: AddMemberFormProps) {
  const [state, submit] = useActionState(action, {});
  const { errors = {}, typed = {}, added, invited } = state;
  const form = useFocusOnErrors(state.errors);
  const [account, setAccount] = useState(typed.account ?? 'new');
  if (added) return <Added {...added} backHref={backHref} />;
  if (invited) return <Invited username={invited} backHref={backHref} />;
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-4">
      <RadioGroupField
        name="account"
        label="Account"
        options={accounts}
        defaultValue={account}
        onValueChange={setAccount}
        errors={errors.account}
      />
      <Person isNew={account === 'new'} sandbox={sandbox} typed={typed} errors={errors} />
      <MemberFields
        sandbox={sandbox}
        initial={{ role: 'clinician', practitioner: '', proxyFor: [] }}
        practitioners={practitioners}
        errors={errors}
      />
      <FormButtons
        submit={account === 'new' ? 'Add member' : 'Invite'}
        pending={account === 'new' ? 'Adding…' : 'Inviting…'}
        backHref={backHref}
      />
    </form>
  );
}

interface PersonProps extends Required<Pick<AddMemberState, 'typed' | 'errors'>> {
  isNew: boolean;
  sandbox: string;
}

function Person({ isNew, sandbox, typed, errors }: PersonProps) {
  return (
    <>
      {isNew ? (
        <TextField
          name="name"
          label="Name"
          required
          maxLength={100}
          autoComplete="off"
          defaultValue={typed?.name}
          errors={errors?.name}
        />
      ) : null}
      <TextField
        name="username"
        label="Username"
        required
        mono
        autoComplete="off"
        maxLength={100}
        defaultValue={typed?.username}
        errors={errors?.username}
        hint={isNew ? `They sign in with this and @${sandbox} after it` : 'In full, as the person types it to sign in'}
      />
    </>
  );
}

function Added({ username, name, password, backHref }: NonNullable<AddMemberState['added']> & { backHref: string }) {
  return (
    <FormOutcome>
      <Callout
        tone="success"
        role="status"
        title={isolating`${name} is a member now`}
        actions={<ButtonLink href={backHref}>Go to the members</ButtonLink>}
      >
        <p>Copy the password now. It cannot be shown again.</p>
        <p>
          Username <CopyableText label="username" value={username} />
        </p>
        <p>
          Password <CopyableText label="password" value={password} />
        </p>
      </Callout>
    </FormOutcome>
  );
}

function Invited({ username, backHref }: { username: string; backHref: string }) {
  return (
    <FormOutcome>
      <Callout
        tone="success"
        role="status"
        title={isolating`${username} is invited`}
        actions={<ButtonLink href={backHref}>Go to the members</ButtonLink>}
      >
        If somebody here has this username, they find the invitation when they sign in.
      </Callout>
    </FormOutcome>
  );
}
