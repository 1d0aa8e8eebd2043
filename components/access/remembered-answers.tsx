import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { AppCell } from './app-cell.tsx';
import type { AppWithAccess } from './granted-access.ts';
import { Moment } from './moment.tsx';

/** A consent that a user wanted remembered. */
interface RememberedAnswer {
  client: AppWithAccess;
  allowed: readonly string[];
  declined: readonly string[];
  answeredAt: Date;
}

interface RememberedAnswersProps {
  answers: readonly RememberedAnswer[];
  now: Date;
  /** A server action; the form names the app. */
  forget: (formData: FormData) => Promise<void>;
}

/**
 * The apps that are let in without asking, each with a button to be asked again. Renders nothing when there are none.
 */
export function RememberedAnswers({ answers, now, forget }: RememberedAnswersProps) {
  if (answers.length === 0) return null;
  return (
    <Panel flush id="remembered" title="Remembered answers" badge={<Badge>{answers.length}</Badge>}>
      <p className="border-b border-line px-4 py-2.5 text-muted">
        These apps get what you allowed them without asking again, until they ask for more.
      </p>
      <ul className="divide-y divide-line">
        {answers.map((answer) => (
          <Answer key={answer.client.clientId} {...answer} now={now} forget={forget} />
        ))}
      </ul>
    </Panel>
  );
}

function Answer({
  client,
  allowed,
  declined,
  answeredAt,
  now,
  forget,
}: RememberedAnswer & Pick<RememberedAnswersProps, 'now' | 'forget'>) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-2">
      <div className="min-w-48 flex-1">
        <AppCell client={client} />
      </div>
      <p className="text-sm text-muted">
        {allowed.length} allowed{declined.length > 0 ? `, ${declined.length} not` : ''} ·{' '}
        <Moment at={answeredAt} now={now} />
      </p>
      <form action={forget}>
        <input type="hidden" name="client_id" value={client.clientId} />
        <Button type="submit" variant="secondary" size="small" aria-label={`Forget my answer to ${client.name}`}>
          Forget
        </Button>
      </form>
    </li>
  );
}
