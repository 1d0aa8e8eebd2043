import { redirect } from 'next/navigation';
import { Callout } from '#components/ui/callout.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { PasswordForm } from '#components/user/password-form.tsx';
import { StartFrame } from '#components/workspace/start-frame.tsx';
import { env } from '#lib/env.ts';
import { findCurrentSession } from '#lib/session/current-user.ts';
import { returnTo, signInAddress } from '#lib/session/return-to.ts';
import { passwordRules } from '#lib/smart/member/password-rules.ts';
import { signOut } from '../../sign-in/actions.ts';
import { saveOwnPassword } from './actions.ts';

export const metadata = { title: 'Change your password' };

interface PasswordPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}

/** The page on which users change their passwords, the only one that works for those who must. */
export default async function PasswordPage({ searchParams }: PasswordPageProps) {
  const { callbackUrl = '/account' } = await searchParams;
  const session = (await findCurrentSession()) ?? redirect(signInAddress('/account/password'));
  const { user, mustChangePassword } = session;
  return (
    <StartFrame user={user} signOut={signOut}>
      <PageHeader
        title="Change your password"
        breadcrumbs={mustChangePassword ? [] : [{ label: 'Your account', href: '/account' }]}
      />
      {mustChangePassword ? (
        <div className="max-w-xl">
          <Callout title="Choose a password of your own">
            Somebody gave you the present one, so that you are not the only one who knows it. You can go on as soon as
            you have changed it.
          </Callout>
        </div>
      ) : null}
      <Panel className="max-w-xl">
        <PasswordForm
          action={saveOwnPassword}
          username={user.username}
          rules={passwordRules}
          onward={returnTo(callbackUrl, env().origin)}
        />
      </Panel>
    </StartFrame>
  );
}
