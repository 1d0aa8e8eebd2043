import { AskingApp } from '#components/consent/asking-app.tsx';
import { DenyForm } from '#components/consent/deny-form.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { signInAddress } from '#lib/session/return-to.ts';
import type { StepProps } from './step-props.ts';

/** Lets the user continue with the account that they are signed in with, or choose another one. */
export function AccountStep({ here, view: { sandbox, client, member } }: StepProps<'select_account'>) {
  return (
    <AskingApp app={client} sandbox={sandbox} title={isolating`Choose an account for ${client.name}`}>
      <Panel>
        <form method="post" action={`${here}/select_account`} className="flex flex-wrap items-center gap-3">
          <Avatar name={member.name} />
          <div className="flex min-w-40 flex-1 flex-col">
            <p className="font-medium break-words">{member.name}</p>
            <p className="text-sm break-words text-muted">{member.username}</p>
          </div>
          <Button type="submit" className="shrink whitespace-normal max-sm:w-full">
            Continue as <bdi>{member.name}</bdi>
          </Button>
        </form>
      </Panel>
      <div className="flex flex-wrap gap-2">
        {/* A plain link, because Next's Link would request the target in advance. */}
        <a href={signInAddress(`${here}/sign-in`)} className={buttonClass({ variant: 'secondary' })}>
          Use another account
        </a>
        <DenyForm action={`${here}/deny`} />
      </div>
    </AskingApp>
  );
}
