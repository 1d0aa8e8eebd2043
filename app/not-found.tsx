import { SearchX } from 'lucide-react';
import { ButtonLink } from '#components/ui/button.tsx';
import { MessagePage } from '#components/ui/message-page.tsx';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <MessagePage
      icon={<SearchX aria-hidden />}
      title="There is nothing at this address"
      actions={<ButtonLink href="/">Go to your sandboxes</ButtonLink>}
    >
      The page may have been removed, or the address may be mistyped. Check the sandbox name in it.
    </MessagePage>
  );
}
