import { ListFilter } from 'lucide-react';
import Form from 'next/form';
import { ButtonLink } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { AuditFilterValues } from './audit-entry.ts';
import { actionWords, outcomeWords } from './audit-words.ts';

interface AuditFilterProps {
  /** Path of the list. */
  list: string;
  apps: readonly { clientId: string; name: string }[];
  values: AuditFilterValues;
}

const actions = Object.entries(actionWords).map(([value, label]) => ({ value, label }));
const outcomes = Object.entries(outcomeWords).map(([value, { word }]) => ({ value, label: word }));

/** Narrows the log; a GET form, so that what was found is an address that can be kept. */
export function AuditFilter({ list, apps, values }: AuditFilterProps) {
  const narrowed = Object.values(values).some(Boolean);
  const options = [
    { value: 'ehr', label: 'The EHR itself' },
    ...apps.map(({ clientId, name }) => ({ value: clientId, label: `${name} (${clientId})` })),
  ];
  return (
    <search>
      <Form action={list} className="grid grid-cols-2 gap-3 p-4 lg:grid-cols-4 [&>*]:min-w-0">
        <TextField label="Patient id" name="patient" defaultValue={values.patient} autoComplete="off" />
        <TextField label="Username" name="user" defaultValue={values.user} autoComplete="off" />
        <SelectField label="App" name="app" defaultValue={values.app} none="All apps" options={options} />
        <SelectField label="Action" name="action" defaultValue={values.action} none="All actions" options={actions} />
        <SelectField
          label="Outcome"
          name="outcome"
          defaultValue={values.outcome}
          none="All outcomes"
          options={outcomes}
        />
        <TextField label="From (UTC)" name="from" type="date" defaultValue={values.from} />
        <TextField label="To (UTC)" name="to" type="date" defaultValue={values.to} />
        <div className="flex items-end gap-2">
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
