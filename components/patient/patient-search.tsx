import { Search } from 'lucide-react';
import Form from 'next/form';
import { ButtonLink } from '#components/ui/button.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';

/** What was asked for, as typed; '' where nothing was. */
interface PatientQuery {
  name: string;
  identifier: string;
  birthdate: string;
}

interface PatientSearchProps {
  query: PatientQuery;
  errors: Partial<Record<keyof PatientQuery, string>>;
  /** The list without a search. */
  clearHref: string;
}

const list = (error: string | undefined) => (error ? [error] : undefined);

/** Narrows the patient list; a GET form, so that a search is an address that can be kept. */
export function PatientSearch({ query, errors, clearHref }: PatientSearchProps) {
  const narrowed = Object.values(query).some(Boolean);
  return (
    <search>
      <Form action={clearHref} className="grid gap-3 p-4 sm:grid-cols-[2fr_1fr_1fr_auto] sm:items-start">
        <TextField label="Name" name="name" defaultValue={query.name} errors={list(errors.name)} autoComplete="off" />
        <TextField
          label="Identifier (MRN)"
          name="identifier"
          defaultValue={query.identifier}
          errors={list(errors.identifier)}
          autoComplete="off"
        />
        <TextField
          label="Birth date"
          name="birthdate"
          placeholder="YYYY-MM-DD"
          autoComplete="off"
          defaultValue={query.birthdate}
          errors={list(errors.birthdate)}
        />
        <div className="flex gap-2 sm:pt-5.5">
          <SubmitButton icon={<Search aria-hidden />}>Search</SubmitButton>
          {narrowed ? (
            <ButtonLink variant="quiet" href={clearHref}>
              Clear
            </ButtonLink>
          ) : null}
        </div>
      </Form>
    </search>
  );
}
