'use client';

import { TriangleAlert } from 'lucide-react';
import { Button, ButtonLink } from '#components/ui/button.tsx';
import { MessagePage } from '#components/ui/message-page.tsx';

/** The page for unexpected errors only; expected problems are shown beside a field or in the page. */
export default function UnexpectedError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const isBusy = error.digest === 'BUSY';
  return (
    <MessagePage
      icon={<TriangleAlert aria-hidden />}
      title={isBusy ? 'The server is busy' : 'This page could not be shown'}
      actions={
        <>
          <Button onClick={reset}>Try again</Button>
          <ButtonLink variant="secondary" href="/">
            Go to your sandboxes
          </ButtonLink>
        </>
      }
    >
      {isBusy
        ? 'It could not do this in time, and most likely nothing you entered was saved. Try again in a moment.'
        : 'Something failed on the server, and nothing you entered was saved by this request.'}
      {error.digest && !isBusy ? ` Its reference in the server log is ${error.digest}.` : ''}
    </MessagePage>
  );
}
