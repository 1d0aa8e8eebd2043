import { TimerOff, UserRoundX } from 'lucide-react';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { MessagePage } from '#components/ui/message-page.tsx';
import { signInAddress } from '#lib/session/return-to.ts';
import type { StepProps } from './step-props.ts';

/** The page for an interaction that has expired. `sandbox` is the name of the sandbox in the address, if it exists. */
export function ExpiredInteraction({ sandbox }: { sandbox: string | undefined }) {
  return (
    <MessagePage
      sandbox={sandbox}
      icon={<TimerOff aria-hidden />}
      title="This sign-in has expired"
      actions={<ButtonLink href="/">Go to your sandboxes</ButtonLink>}
    >
      It took too long, was finished in another tab or by another user, or this browser lost its cookies. Start the app
      again, from the EHR or from its own page.
    </MessagePage>
  );
}

export function NotAMember({ here, view }: StepProps<'not-a-member'>) {
  return (
    <MessagePage
      icon={<UserRoundX aria-hidden />}
      title={isolating`Your account is not a member of ${view.sandbox.name}`}
      actions={
        <>
          <ButtonLink href={signInAddress(`${here}/sign-in`)}>Sign in with another account</ButtonLink>
          <form method="post" action={`${here}/deny`}>
            <Button type="submit" variant="secondary">
              Go back to <bdi>{view.client.name}</bdi>
            </Button>
          </form>
        </>
      }
    >
      <bdi>{view.client.name}</bdi> asks for access to this sandbox, which only its members can give. An administrator
      of the sandbox can make you one.
    </MessagePage>
  );
}
