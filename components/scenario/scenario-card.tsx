import { Pencil, Trash2 } from 'lucide-react';
import { Avatar } from '#components/ui/avatar.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { CopyableText } from '#components/ui/copyable-text.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { Link } from '#components/ui/link.tsx';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';
import { ScenarioLaunch } from './scenario-launch.tsx';
import { embedText, refusalText, type ScenarioRecord } from './scenario-record.ts';

interface ScenarioCardProps {
  scenario: ScenarioRecord;
  /** The edit page and the remove action, for administrators. */
  change?: { editHref: string; remove: (formData: FormData) => Promise<void> } | undefined;
}

/** One launch scenario: its app, user, patient and parameters, and the button that launches it. */
export function ScenarioCard({ scenario, change }: ScenarioCardProps) {
  const { id, name, description, client, href, link } = scenario;
  const refusal = refusalText(scenario);
  return (
    <article
      aria-label={name}
      className="flex min-w-0 flex-col gap-3 rounded-md border border-line bg-surface p-4 shadow-panel"
    >
      <div className="flex items-start gap-3">
        <Avatar square size="large" name={client.name} src={client.logoUri} />
        <div className="min-w-0 flex-1">
          <h2 className="text-lg font-semibold break-words">
            <Link href={href} className="hover:underline">
              {name}
            </Link>
          </h2>
          <p className="break-words text-muted text-pretty">{description}</p>
        </div>
      </div>
      <ScenarioFacts scenario={scenario} />
      <CopyableText label={`link of ${name}`} value={link} />
      {refusal ? <p className="text-warning-text">{refusal}</p> : null}
      <div className="mt-auto flex flex-wrap items-center gap-1">
        <ScenarioLaunch scenario={scenario} />
        {change ? (
          <span className="ml-auto flex gap-1">
            <Link
              href={change.editHref}
              aria-label={`Change ${name}`}
              title="Change"
              className={buttonClass({ variant: 'quiet', size: 'small' })}
            >
              <Pencil aria-hidden />
            </Link>
            <ConfirmDialog
              trigger={{
                label: null,
                name: `Remove ${name}`,
                variant: 'quiet',
                size: 'small',
                icon: <Trash2 aria-hidden />,
              }}
              title={isolating`Remove ${name}?`}
              confirmLabel="Remove scenario"
              danger
              action={change.remove}
              values={{ scenario: id }}
            >
              Its link stops working. The app and its other launches stay.
            </ConfirmDialog>
          </span>
        ) : null}
      </div>
    </article>
  );
}

function ScenarioFacts({ scenario: { client, user, patient, encounter, otherParameters, embed } }: ScenarioCardProps) {
  const facts: [term: string, description: string | undefined][] = [
    ['App', client.name],
    ['User', user ? (user.name ?? user.username) : 'Whoever is signed in'],
    ['Patient', patient ? (patient.name ?? patient.id) : 'None'],
    ['Encounter', encounter],
    ['Also told', otherParameters.length > 0 ? otherParameters.join(', ') : undefined],
    ['Opens', embedText[embed]],
  ];
  const items = facts.flatMap(([term, description]) => (description ? [{ term, description }] : []));
  return <DescriptionList items={items} />;
}
