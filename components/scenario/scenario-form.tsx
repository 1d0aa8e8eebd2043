'use client';

import { useActionState, useState } from 'react';
import { ButtonLink } from '#components/ui/button.tsx';
import { RadioGroupField } from '#components/ui/form/radio-group-field.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextAreaField } from '#components/ui/form/text-area-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { scenarioIdOf } from '#lib/smart/scenario/form.ts';
import { ScenarioContext } from './scenario-context.tsx';
import type { InitialScenario, ScenarioFormState } from './scenario-form-state.ts';
import { useScenarioFaults } from './use-scenario-faults.ts';

interface Choice {
  value: string;
  label: string;
}

interface ScenarioFormProps {
  action: (state: ScenarioFormState, formData: FormData) => Promise<ScenarioFormState>;
  sandbox: string;
  initial: InitialScenario;
  apps: readonly Choice[];
  users: readonly Choice[];
  backHref: string;
}

const embedOptions = [
  { value: 'tab', label: 'A new tab', hint: 'Its link opens the app in the tab itself' },
  { value: 'popup', label: 'A window of its own', hint: 'Its link leads to a page with a button, as browsers want it' },
  { value: 'frame', label: 'Inside the EHR', hint: 'The app stands in a page of this sandbox' },
  { value: 'phone', label: 'Inside the EHR, as on a phone', hint: '390 by 844 pixels' },
];

/** Makes or changes a launch scenario. */
export function ScenarioForm({ action, sandbox, initial, apps, users, backHref }: ScenarioFormProps) {
  const [{ errors: answered }, submit] = useActionState(action, {});
  const { errors, handlers } = useScenarioFaults(answered, submit);
  const [name, setName] = useState(initial.name);
  return (
    <form action={submit} {...handlers} noValidate className="flex flex-col gap-4">
      <TextField
        name="name"
        label="Name"
        required
        maxLength={100}
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
        errors={errors.name}
      />
      <LinkName id={initial.id} suggested={scenarioIdOf(name)} sandbox={sandbox} errors={errors.id} />
      <TextAreaField
        name="description"
        label="What it is for"
        rows={2}
        defaultValue={initial.description}
        errors={errors.description}
      />
      <WhoAndWhich initial={initial} apps={apps} users={users} errors={errors} />
      <ScenarioContext sandbox={sandbox} initial={initial} errors={errors} />
      <RadioGroupField
        name="embed"
        label="Where the app opens"
        options={embedOptions}
        defaultValue={initial.embed}
        errors={errors.embed}
      />
      <div className="flex flex-wrap gap-2">
        <SubmitButton pendingLabel="Saving…">Save scenario</SubmitButton>
        <ButtonLink variant="secondary" href={backHref}>
          Cancel
        </ButtonLink>
      </div>
    </form>
  );
}

type WhoAndWhichProps = Pick<ScenarioFormProps, 'initial' | 'apps' | 'users'> & Required<ScenarioFormState>;

function WhoAndWhich({ initial, apps, users, errors }: WhoAndWhichProps) {
  return (
    <>
      <SelectField
        name="client_id"
        label="App"
        required
        none="Choose an app"
        options={apps}
        defaultValue={initial.clientId}
        errors={errors?.client_id}
      />
      <SelectField
        name="user"
        label="User"
        none="Whoever is signed in"
        options={users}
        defaultValue={initial.username}
        errors={errors?.user}
        hint="Somebody else is asked to sign in as this user first"
      />
    </>
  );
}

interface LinkNameProps {
  /** The id of a scenario that exists: it stays. */
  id: string | undefined;
  suggested: string;
  sandbox: string;
  errors: string[] | undefined;
}

function LinkName({ id, suggested, sandbox, errors }: LinkNameProps) {
  if (id !== undefined) return <input type="hidden" name="id" value={id} />;
  return (
    <TextField
      name="id"
      label="Name in its link"
      mono
      maxLength={64}
      autoComplete="off"
      placeholder={suggested}
      errors={errors}
      hint={`It stays when the scenario changes: /${sandbox}/scenarios/${suggested || '…'}/launch`}
    />
  );
}
