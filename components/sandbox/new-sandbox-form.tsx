'use client';

import { useActionState, useState } from 'react';
import { FormButtons } from '#components/ui/form/form-buttons.tsx';
import type { FormState } from '#components/ui/form/form-state.ts';
import { RadioGroupField } from '#components/ui/form/radio-group-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { useFocusOnErrors } from '#components/ui/form/use-focus-on-errors.ts';
import { type FileProblem, FileProblems } from './file-problems.tsx';

/** The issues of a request for a new sandbox; a success redirects instead. */
export interface NewSandboxState extends FormState {
  problems?: FileProblem[] | undefined;
}

type NewSandboxAction = (state: NewSandboxState, formData: FormData) => Promise<NewSandboxState>;

const contents = [
  { value: 'generated', label: 'Made-up patients', hint: 'A hospital with staff and as many patients as you like' },
  { value: 'empty', label: 'Empty', hint: 'Nothing but you as its administrator' },
  { value: 'file', label: 'A sandbox file', hint: 'One JSON file with people, apps and data, as for the command line' },
];

/** The form that makes a sandbox. Only the server validates it, since only it knows which names are taken. */
export function NewSandboxForm({ action, origin }: { action: NewSandboxAction; origin: string }) {
  const [state, submit] = useActionState(action, {});
  const { errors = {}, problems, typed = {} } = state;
  const form = useFocusOnErrors(state.errors);
  const [content, setContent] = useState(typed.content ?? 'generated');
  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-4">
      {problems ? <FileProblems problems={problems} /> : null}
      <RadioGroupField
        name="content"
        label="What goes into it"
        options={contents}
        defaultValue={content}
        errors={errors.content}
        onValueChange={setContent}
      />
      {content === 'file' ? (
        <FileChoice errors={errors.file} />
      ) : (
        <Names errors={errors} typed={typed} origin={origin} />
      )}
      {content === 'generated' ? <Population errors={errors} typed={typed} /> : null}
      <FormButtons submit="Make sandbox" pending="Making…" backHref="/" />
    </form>
  );
}

type FieldsProps = Required<Pick<NewSandboxState, 'errors' | 'typed'>>;

function Names({ errors, typed, origin }: FieldsProps & { origin: string }) {
  return (
    <>
      <TextField
        name="name"
        label="Name"
        required
        autoComplete="off"
        maxLength={100}
        defaultValue={typed?.name}
        errors={errors?.name}
        hint="What people see, such as the name of a hospital"
      />
      <TextField
        name="slug"
        label="Address"
        required
        mono
        autoComplete="off"
        maxLength={40}
        defaultValue={typed?.slug}
        errors={errors?.slug}
        hint={`Everything of the sandbox lies below ${origin}/ and this word; it cannot be changed later`}
      />
    </>
  );
}

function Population({ errors, typed }: FieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        name="patients"
        label="Patients"
        inputMode="numeric"
        required
        defaultValue={typed?.patients ?? '60'}
        errors={errors?.patients}
        hint="1 to 100,000. A thousand take a minute or two, and you can work meanwhile"
      />
      <TextField
        name="seed"
        label="Seed"
        inputMode="numeric"
        required
        defaultValue={typed?.seed ?? '1'}
        errors={errors?.seed}
        hint="The same number makes the same people"
      />
    </div>
  );
}

function FileChoice({ errors }: { errors: string[] | undefined }) {
  return (
    <TextField
      name="file"
      type="file"
      accept=".json,application/json"
      label="Sandbox file"
      required
      errors={errors}
      hint="Up to 3 MB. Its data are “generate” or “resources” that stand in the file: it cannot name other files. Its users get new accounts, called name@address"
    />
  );
}
