import { AskingApp } from '#components/consent/asking-app.tsx';
import { ChoiceList } from '#components/consent/choice-list.tsx';
import { DenyForm } from '#components/consent/deny-form.tsx';
import { summarizePatient } from '#components/patient/patient-summary.ts';
import { encounterChoices } from '#components/record/encounter-choice.ts';
import { Callout } from '#components/ui/callout.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import type { StepProps } from './step-props.ts';

type Props = StepProps<'encounter'> & { problem: boolean };

export function EncounterStep({ here, view: { sandbox, client, patient, encounters }, problem }: Props) {
  const choices = encounterChoices(encounters).map(({ id, date, kind, reason }) => ({
    value: id,
    title: reason || kind || 'Encounter',
    details: [date || 'Undated', reason && kind].filter(Boolean),
  }));
  return (
    <AskingApp app={client} sandbox={sandbox} title={isolating`Choose an encounter for ${client.name}`}>
      {patient ? (
        <p className="text-muted">
          Encounters of <bdi>{summarizePatient(patient, new Date()).name}</bdi>
        </p>
      ) : null}
      {problem ? (
        <Callout tone="danger" role="alert" title="This encounter cannot be chosen. Choose one of the list." />
      ) : null}
      <ChoiceList
        action={`${here}/encounter`}
        name="encounter"
        choices={[{ value: '', title: 'No encounter' }, ...choices]}
      />
      <DenyForm action={`${here}/deny`} />
    </AskingApp>
  );
}
