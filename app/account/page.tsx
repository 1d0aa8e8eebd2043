import { EndOtherSessions } from '#components/session/end-other-sessions.tsx';
import { SessionTable } from '#components/session/session-table.tsx';
import { ButtonLink } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { StartFrame } from '#components/workspace/start-frame.tsx';
import { findSessionsOf } from '#lib/data/session/find-session.ts';
import { requireSession } from '#lib/session/current-user.ts';
import { signOut } from '../sign-in/actions.ts';
import { endOwnOtherSessions, endOwnSession } from './actions.ts';

export const metadata = { title: 'Your account' };

/** The page on which users see where they are signed in, end that, and find the way to change their passwords. */
export default async function AccountPage() {
  const { id, user } = await requireSession('/account');
  const now = new Date();
  const sessions = await findSessionsOf(user.id, now);
  return (
    <StartFrame user={user} signOut={signOut}>
      <PageHeader title="Your account" description={user.username} />
      <Panel title="Password" id="password">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-muted">Changing it signs you out everywhere else.</p>
          <ButtonLink href="/account/password" variant="secondary">
            Change password
          </ButtonLink>
        </div>
      </Panel>
      <Panel
        flush
        title="Where you are signed in"
        id="sessions"
        actions={sessions.length > 1 ? <EndOtherSessions end={endOwnOtherSessions} /> : null}
      >
        <SessionTable sessions={sessions} current={id} now={now} end={endOwnSession} />
      </Panel>
    </StartFrame>
  );
}
