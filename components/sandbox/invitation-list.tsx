import { MailPlus } from 'lucide-react';
import { Deliberate } from '#components/ui/form/deliberate.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';

interface ListedInvitation {
  sandboxId: number;
  name: string;
  role: string;
  invitedBy: string;
}

interface InvitationListProps {
  invitations: readonly ListedInvitation[];
  /** Takes `sandbox_id` and `answer`, which is accept or decline, from a form. */
  answer: (formData: FormData) => Promise<void>;
}

/** The open invitations of a user, each with buttons to accept and to decline. */
export function InvitationList({ invitations, answer }: InvitationListProps) {
  return (
    <ul className="divide-y divide-line">
      {invitations.map(({ sandboxId, name, role, invitedBy }) => (
        <li key={sandboxId} className="flex flex-wrap items-center gap-3 px-4 py-3">
          <MailPlus aria-hidden className="size-5 shrink-0 text-muted" />
          <div className="min-w-0 flex-1 basis-48">
            <p className="font-semibold break-words">{name}</p>
            <p className="text-sm break-words text-muted">
              <bdi>{invitedBy}</bdi> asks you in as {role}
            </p>
          </div>
          <Deliberate>
            <form action={answer} className="flex gap-2">
              <input type="hidden" name="sandbox_id" value={sandboxId} />
              <SubmitButton size="small" name="answer" value="accept" aria-label={`Accept: ${name}`}>
                Accept
              </SubmitButton>
              <SubmitButton
                size="small"
                variant="secondary"
                name="answer"
                value="decline"
                aria-label={`Decline: ${name}`}
              >
                Decline
              </SubmitButton>
            </form>
          </Deliberate>
        </li>
      ))}
    </ul>
  );
}
