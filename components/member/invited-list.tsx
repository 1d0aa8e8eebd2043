import { Badge } from '#components/ui/badge.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';

interface InvitedListProps {
  invitations: readonly { username: string; role: string }[];
  /** Takes `username` from a form. */
  withdraw: (formData: FormData) => Promise<void>;
}

/** The open invitations to a sandbox. */
export function InvitedList({ invitations, withdraw }: InvitedListProps) {
  return (
    <ul className="divide-y divide-line">
      {invitations.map(({ username, role }) => (
        <li key={username} className="flex flex-wrap items-center gap-3 px-4 py-2">
          <span className="min-w-0 flex-1 break-all">{username}</span>
          <Badge>{role}</Badge>
          <form action={withdraw}>
            <input type="hidden" name="username" value={username} />
            <SubmitButton variant="secondary" size="small" aria-label={`Withdraw the invitation of ${username}`}>
              Withdraw
            </SubmitButton>
          </form>
        </li>
      ))}
    </ul>
  );
}
