'use client';

import { useActionState } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import type { FormState } from '#components/ui/form/form-state.ts';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { SwitchField } from '#components/ui/form/switch-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { useFocusOnErrors } from '#components/ui/form/use-focus-on-errors.ts';
import { usualLifetimes } from '#lib/smart/client/token-lifetimes.ts';

/** The result of changing settings. */
export interface SettingsState extends FormState {
  saved?: boolean | undefined;
}

interface SettingsFormProps {
  action: (state: SettingsState, formData: FormData) => Promise<SettingsState>;
  /** Lifetimes in seconds; null for the default. */
  initial: {
    name: string;
    launchLifetime: number;
    orchestrateScope: boolean;
    accessTokenLifetime: number | null;
    refreshTokenLifetime: number | null;
  };
}

/** The form for the settings of a sandbox's servers. What was typed stays in the fields when there are issues. */
export function SettingsForm({ action, initial }: SettingsFormProps) {
  const [state, submit] = useActionState(action, {});
  const { saved, errors = {}, typed } = state;
  const form = useFocusOnErrors(state.errors);
  const shown = typed ?? textOf(initial);
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-4">
      {saved ? <Callout tone="success" role="status" title="The settings are saved" /> : null}
      <TextField
        name="name"
        label="Name"
        required
        maxLength={100}
        autoComplete="off"
        defaultValue={shown.name}
        errors={errors.name}
      />
      <SwitchField
        name="orchestrateScope"
        label="Launch service needs smart/orchestrate_launch"
        defaultChecked={shown.orchestrateScope === 'on'}
        hint="Else any token of a user registers launches for what it may see itself"
      />
      <Lifetimes shown={shown} errors={errors} />
      <div>
        <SubmitButton pendingLabel="Saving…">Save settings</SubmitButton>
      </div>
    </form>
  );
}

function Lifetimes({ shown, errors }: { shown: Record<string, string>; errors: NonNullable<SettingsState['errors']> }) {
  const numeric = { inputMode: 'numeric' as const, autoComplete: 'off' };
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <TextField
        {...numeric}
        name="launchLifetime"
        label="Launch lifetime"
        required
        defaultValue={shown.launchLifetime}
        errors={errors.launchLifetime}
        hint="Seconds for an app to bring its launch id back"
      />
      <TextField
        {...numeric}
        name="accessTokenLifetime"
        label="Access token lifetime"
        defaultValue={shown.accessTokenLifetime}
        placeholder={String(usualLifetimes.accessToken)}
        errors={errors.accessTokenLifetime}
        hint="Seconds, for apps registered without a time of their own"
      />
      <TextField
        {...numeric}
        name="refreshTokenLifetime"
        label="Refresh token lifetime"
        defaultValue={shown.refreshTokenLifetime}
        placeholder={String(usualLifetimes.refreshToken)}
        errors={errors.refreshTokenLifetime}
        hint="Seconds, with offline_access, from the last refresh"
      />
    </div>
  );
}

/** Settings as the texts that the form's fields contain. */
function textOf({ orchestrateScope, ...rest }: SettingsFormProps['initial']): Record<string, string> {
  const text = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value ?? '')]));
  return orchestrateScope ? { ...text, orchestrateScope: 'on' } : text;
}
