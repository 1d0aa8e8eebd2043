import { Search } from 'lucide-react';
import { TextField } from '#components/ui/form/text-field.tsx';
import { ListFilter } from '#components/ui/table/list-filter.tsx';

/** The search fields as typed; '' for one that is empty. */
interface PatientQuery {
  name: string;
  identifier: string;
  birthdate: string;
}

interface PatientSearchProps {
  /** Path of the list. */
  list: string;
  query: PatientQuery;
  errors: Partial<Record<keyof PatientQuery, string>>;
}

/** The search form of the patient list. */
export function PatientSearch({ list, query, errors }: PatientSearchProps) {
  const field = (name: keyof PatientQuery) => {
    const error = errors[name];
    return { name, defaultValue: query[name], errors: error ? [error] : undefined, autoComplete: 'off' };
  };
  return (
    <ListFilter
      list={list}
      query={{ ...query }}
      submit={{ label: 'Search', icon: <Search aria-hidden /> }}
      className="sm:grid-cols-[2fr_1fr_1fr_auto] sm:items-start"
      buttonsClassName="sm:pt-5.5"
    >
      <TextField label="Name" {...field('name')} />
      <TextField label="Identifier (MRN)" {...field('identifier')} />
      <TextField label="Birth date" placeholder="YYYY-MM-DD" {...field('birthdate')} />
    </ListFilter>
  );
}
