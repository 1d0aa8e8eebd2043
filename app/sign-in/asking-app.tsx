import { Avatar } from '#components/ui/avatar.tsx';
import type { SignInRequest } from '#lib/authorization-server/interaction/sign-in-request.ts';

type Reason = NonNullable<SignInRequest['reason']>;

const reasons: Record<Reason, string> = {
  again: 'asks you to sign in again.',
  'another-account': 'lets you choose the account to use.',
  'certain-user': 'was used with another account before. Sign in with that one.',
};

interface AskingAppProps {
  app: NonNullable<SignInRequest['app']>;
  reason: Reason | undefined;
}

/** Names the app for which the user signs in, and explains why they may have to sign in again. */
export function AskingApp({ app, reason }: AskingAppProps) {
  return (
    <div className="flex items-center gap-3">
      <Avatar name={app.name} src={app.logoUri} square />
      <p className="min-w-0 break-words text-muted">
        {reason ? null : 'To go on to '}
        <strong className="text-ink">
          <bdi>{app.name}</bdi>
        </strong>
        {reason ? ` ${reasons[reason]}` : '.'}
      </p>
    </div>
  );
}
