import { ListFilter } from 'lucide-react';
import Form from 'next/form';
import { ButtonLink } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';

interface Party {
  kind: 'user' | 'app';
  id: string;
  name: string;
}

interface AccessFilterProps {
  /** Path of the list. */
  list: string;
  parties: readonly Party[];
  /** What the list is narrowed to; '' for nothing. */
  user: string;
  app: string;
}

/** Narrows the list of access; a GET form, so that a narrowed list is an address that can be kept. */
export function AccessFilter({ list, parties, user, app }: AccessFilterProps) {
  const options = (kind: Party['kind']) =>
    parties.filter((party) => party.kind === kind).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <search>
      <Form action={list} className="grid gap-3 p-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:items-end">
        <SelectField label="User" name="user" defaultValue={user} none="All users" options={options('user')} />
        <SelectField label="App" name="app" defaultValue={app} none="All apps" options={options('app')} />
        <div className="flex gap-2">
          <SubmitButton icon={<ListFilter aria-hidden />}>Filter</SubmitButton>
          {user || app ? (
            <ButtonLink variant="quiet" href={list}>
              Clear
            </ButtonLink>
          ) : null}
        </div>
      </Form>
    </search>
  );
}
