import { SearchX } from 'lucide-react';
import { AskingApp } from '#components/consent/asking-app.tsx';
import { ChoiceList } from '#components/consent/choice-list.tsx';
import { DenyForm } from '#components/consent/deny-form.tsx';
import { type PatientSummary, summarizePatient } from '#components/patient/patient-summary.ts';
import { dateText } from '#components/record/fhir-date.ts';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import type { StepProps } from './step-props.ts';

type Props = StepProps<'patient'> & { search: string; problem: boolean };

export function PatientStep({ here, view: { sandbox, client, patients }, search, problem }: Props) {
  const choices = patients.map((patient) => choiceOf(summarizePatient(patient, new Date())));
  return (
    <AskingApp app={client} sandbox={sandbox} title={isolating`Choose a patient for ${client.name}`}>
      {problem ? (
        <Callout tone="danger" role="alert" title="This patient cannot be chosen. Choose one of the list." />
      ) : null}
      <form action={here} className="flex items-end gap-2">
        <TextField label="Name or identifier" name="q" defaultValue={search} type="search" className="flex-1" />
        <Button type="submit" variant="secondary">
          Search
        </Button>
      </form>
      {choices.length > 0 ? (
        <ChoiceList action={`${here}/patient`} name="patient" choices={choices} />
      ) : (
        <EmptyState icon={<SearchX aria-hidden />} title={search ? `No patient found for “${search}”` : 'No patients'}>
          {search
            ? 'Search for the beginning of a name, or a whole identifier.'
            : 'There is no patient whom you may see.'}
        </EmptyState>
      )}
      <DenyForm action={`${here}/deny`} />
    </AskingApp>
  );
}

function choiceOf({ id, name, sex, birthDate, age, mrn }: PatientSummary) {
  const facts = [sex, birthDate && `born ${dateText(birthDate)}`, age, mrn];
  return { value: id, title: name, details: facts.filter(Boolean) };
}
