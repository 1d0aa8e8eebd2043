import { type Party, partyOptions } from '#components/access/party.ts';
import { optionsOf } from '#components/ui/form/options.ts';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { ListFilter } from '#components/ui/table/list-filter.tsx';
import { originText, statusText } from './launch-record.ts';

interface LaunchFilterProps {
  /** Path of the list. */
  list: string;
  parties: readonly Party[];
  /** The filters of the list; '' for one that is not set. */
  query: { user: string; app: string; patient: string; origin: string; status: string };
}

/** The filter form of the list of launches. */
export function LaunchFilter({ list, parties, query }: LaunchFilterProps) {
  const { user, app, patient, origin, status } = query;
  const apps = partyOptions(parties, 'app');
  const users = partyOptions(parties, 'user');
  return (
    <ListFilter
      list={list}
      query={query}
      className="sm:grid-cols-2 lg:grid-cols-5 lg:items-end"
      buttonsClassName="sm:col-span-2 lg:col-span-5"
    >
      <SelectField label="App" name="app" defaultValue={app} none="All apps" options={apps} />
      <SelectField label="User" name="user" defaultValue={user} none="All users" options={users} />
      <TextField label="Patient id" name="patient" defaultValue={patient} autoComplete="off" spellCheck={false} />
      <SelectField label="From" name="origin" defaultValue={origin} none="Anywhere" options={optionsOf(originText)} />
      <SelectField label="Status" name="status" defaultValue={status} none="Any" options={optionsOf(statusText)} />
    </ListFilter>
  );
}
