import { ShieldX } from 'lucide-react';
import { ButtonLink } from '#components/ui/button.tsx';
import { MessagePage } from '#components/ui/message-page.tsx';

export const metadata = { title: 'Not allowed' };

export default function Forbidden() {
  return (
    <MessagePage
      icon={<ShieldX aria-hidden />}
      title="Your account may not open this page"
      actions={
        <>
          <ButtonLink href="/">Go to your sandboxes</ButtonLink>
          <ButtonLink variant="secondary" href="/sign-in">
            Use another account
          </ButtonLink>
        </>
      }
    >
      You are signed in, but your role in this sandbox does not include it. Ask an administrator of the sandbox for
      access, or use another account.
    </MessagePage>
  );
}
