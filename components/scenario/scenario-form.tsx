'use client';

import { useActionState } from 'react';
import { FormButtons } from '#components/ui/form/form-buttons.tsx';
import { type FormField, textProps } from '#components/ui/form/form-field.ts';
import { RadioGroupField } from '#components/ui/form/radio-group-field.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextAreaField } from '#components/ui/form/text-area-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { useJudgedForm } from '#components/ui/form/use-judged-form.ts';
import { toTypedParameters } from '#lib/smart/launch/parameters-form.ts';
import { scenarioForm, scenarioIdOf, type TypedScenario } from '#lib/smart/scenario/form.ts';
import type { LaunchScenario } from '#lib/smart/scenario/launch-scenario.ts';
import { ScenarioContext } from './scenario-context.tsx';
import type { InitialScenario, ScenarioFormState } from './scenario-form-state.ts';

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

/**
 * The form that makes or changes a launch scenario. It is validated here before it is sent, and again by the action.
 */
export function ScenarioForm({ action, sandbox, initial, apps, users, backHref }: ScenarioFormProps) {
  const [{ result }, submit] = useActionState(action, {});
  const { fields, element } = useJudgedForm<TypedScenario, LaunchScenario>({
    id: 'scenario',
    schema: scenarioForm,
    initial: typedOf(initial),
    lastResult: result,
    submit,
  });
  return (
    <form {...element} className="flex flex-col gap-4">
      <TextField
        {...textProps(fields.name)}
        key={fields.name.key}
        label="Name"
        required
        maxLength={100}
        autoComplete="off"
      />
      <LinkName
        field={fields.id}
        isSaved={initial.id !== undefined}
        suggested={scenarioIdOf(fields.name.value ?? '')}
        sandbox={sandbox}
      />
      <TextAreaField {...textProps(fields.description)} key={fields.description.key} label="What it is for" rows={2} />
      <WhoAndWhich app={fields.client_id} user={fields.user} apps={apps} users={users} />
      <ScenarioContext sandbox={sandbox} initial={initial} fields={fields} />
      <RadioGroupField
        {...textProps(fields.embed)}
        key={fields.embed.key}
        label="Where the app opens"
        options={embedOptions}
      />
      <FormButtons submit="Save scenario" pending="Saving…" backHref={backHref} />
    </form>
  );
}

function typedOf({ id, name, description, clientId, username, encounter, embed, ...rest }: InitialScenario) {
  const { patient, parameters } = rest;
  const subject = { patient: patient?.id, encounter };
  return {
    ...toTypedParameters(parameters),
    ...subject,
    id,
    name,
    description,
    client_id: clientId,
    user: username,
    embed,
  };
}

type WhoAndWhichProps = Pick<ScenarioFormProps, 'apps' | 'users'> & { app: FormField; user: FormField };

function WhoAndWhich({ app, user, apps, users }: WhoAndWhichProps) {
  return (
    <>
      <SelectField {...textProps(app)} key={app.key} label="App" required none="Choose an app" options={apps} />
      <SelectField
        {...textProps(user)}
        key={user.key}
        label="User"
        none="Whoever is signed in"
        options={users}
        hint="Somebody else is asked to sign in as this user first"
      />
    </>
  );
}

interface LinkNameProps {
  field: FormField;
  /** Whether the scenario exists already, so that its id cannot be changed. */
  isSaved: boolean;
  suggested: string;
  sandbox: string;
}

function LinkName({ field, isSaved, suggested, sandbox }: LinkNameProps) {
  const props = textProps(field);
  if (isSaved) return <input type="hidden" name={props.name} value={props.defaultValue} />;
  return (
    <TextField
      {...props}
      key={field.key}
      label="Name in its link"
      mono
      maxLength={64}
      autoComplete="off"
      placeholder={suggested}
      hint={`It stays when the scenario changes: /${sandbox}/scenarios/${suggested || '…'}/launch`}
    />
  );
}
