import { optionsOf } from '#components/ui/form/options.ts';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { ListFilter } from '#components/ui/table/list-filter.tsx';
import type { AuditQuery } from './audit-entry.ts';
import { actionWords, eventOptions, outcomeWords } from './audit-words.ts';

interface AuditFilterProps {
  /** Path of the list. */
  list: string;
  apps: readonly { clientId: string; name: string }[];
  query: AuditQuery;
}

const actions = optionsOf(actionWords);
const outcomes = Object.entries(outcomeWords).map(([value, { word }]) => ({ value, label: word }));

/** The filter form of the audit log. */
export function AuditFilter({ list, apps, query }: AuditFilterProps) {
  const { patient, user, app, event, action, outcome, address, from, to } = query;
  const options = [
    { value: 'ehr', label: 'The EHR itself' },
    ...apps.map(({ clientId, name }) => ({ value: clientId, label: `${name} (${clientId})` })),
  ];
  return (
    <ListFilter
      list={list}
      query={{ ...query }}
      className="grid-cols-2 lg:grid-cols-4 xl:grid-cols-5 [&>*]:min-w-0"
      buttonsClassName="items-end"
    >
      <TextField label="Patient id" name="patient" defaultValue={patient} autoComplete="off" />
      <TextField label="Username" name="user" defaultValue={user} autoComplete="off" />
      <TextField label="From (UTC)" name="from" type="date" defaultValue={from} />
      <TextField label="To (UTC)" name="to" type="date" defaultValue={to} />
      <SelectField label="App" name="app" defaultValue={app} none="All apps" options={options} />
      <SelectField label="Event" name="event" defaultValue={event} none="All events" options={eventOptions} />
      <SelectField label="Action" name="action" defaultValue={action} none="All actions" options={actions} />
      <SelectField label="Outcome" name="outcome" defaultValue={outcome} none="All outcomes" options={outcomes} />
      <TextField label="Network address" name="address" defaultValue={address} autoComplete="off" />
    </ListFilter>
  );
}
