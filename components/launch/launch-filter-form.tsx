import { ListFilter } from 'lucide-react';
import Form from 'next/form';
import { ButtonLink } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { originText, statusText } from './launch-record.ts';

interface Party {
  kind: 'user' | 'app';
  id: string;
  name: string;
}

interface LaunchFilterFormProps {
  /** Path of the list. */
  list: string;
  parties: readonly Party[];
  /** What the list is narrowed to; '' for nothing. */
  query: { user: string; app: string; patient: string; origin: string; status: string };
}

/** Narrows the list of launches; a GET form, so that a narrowed list is an address that can be kept. */
export function LaunchFilterForm({ list, parties, query }: LaunchFilterFormProps) {
  const { user, app, patient, origin, status } = query;
  const options = (kind: Party['kind']) =>
    parties.filter((party) => party.kind === kind).map(({ id, name }) => ({ value: id, label: name }));
  const narrowed = Object.values(query).some((value) => value !== '');
  return (
    <search>
      <Form action={list} className="grid gap-3 p-4 sm:grid-cols-2 lg:grid-cols-5 lg:items-end">
        <SelectField label="App" name="app" defaultValue={app} none="All apps" options={options('app')} />
        <SelectField label="User" name="user" defaultValue={user} none="All users" options={options('user')} />
        <TextField label="Patient id" name="patient" defaultValue={patient} autoComplete="off" spellCheck={false} />
        <SelectField label="From" name="origin" defaultValue={origin} none="Anywhere" options={choices(originText)} />
        <SelectField label="Status" name="status" defaultValue={status} none="Any" options={choices(statusText)} />
        <div className="flex gap-2 sm:col-span-2 lg:col-span-5">
          <SubmitButton icon={<ListFilter aria-hidden />}>Filter</SubmitButton>
          {narrowed ? (
            <ButtonLink variant="quiet" href={list}>
              Clear
            </ButtonLink>
          ) : null}
        </div>
      </Form>
    </search>
  );
}

function choices(texts: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(texts).map(([value, label]) => ({ value, label }));
}
