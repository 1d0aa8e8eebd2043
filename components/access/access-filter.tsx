import { SelectField } from '#components/ui/form/select-field.tsx';
import { ListFilter } from '#components/ui/table/list-filter.tsx';
import { type Party, partyOptions } from './party.ts';

interface AccessFilterProps {
  /** Path of the list. */
  list: string;
  parties: readonly Party[];
  /** The filters of the list; '' for one that is not set. */
  query: { user: string; app: string };
}

/** The filter form of the list of apps with access. */
export function AccessFilter({ list, parties, query }: AccessFilterProps) {
  const users = partyOptions(parties, 'user');
  const apps = partyOptions(parties, 'app');
  return (
    <ListFilter list={list} query={query} className="sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:items-end">
      <SelectField label="User" name="user" defaultValue={query.user} none="All users" options={users} />
      <SelectField label="App" name="app" defaultValue={query.app} none="All apps" options={apps} />
    </ListFilter>
  );
}
