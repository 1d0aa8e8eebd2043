import { CircleX } from 'lucide-react';
import { ButtonLink } from '#components/ui/button.tsx';
import { MessagePage } from '#components/ui/message-page.tsx';
import { findSandbox } from '#lib/data/sandbox/sandboxes.ts';
import { refusalText } from '../refusal.ts';

export const metadata = { title: 'Launch refused' };

interface RefusedPageProps {
  params: Promise<{ sandbox: string }>;
  searchParams: Promise<{ reason?: string | string[] }>;
}

/** The page that explains, in the new tab, why no app opened there. */
export default async function LaunchRefusedPage({ params, searchParams }: RefusedPageProps) {
  const [{ sandbox }, { reason }] = await Promise.all([params, searchParams]);
  const known = await findSandbox(sandbox);
  return (
    <MessagePage
      sandbox={known?.name}
      icon={<CircleX aria-hidden />}
      title="The app was not launched"
      actions={<ButtonLink href={`/${sandbox}/apps`}>Go to the apps</ButtonLink>}
    >
      {refusalText(reason)}
    </MessagePage>
  );
}
