import type { ReactNode } from 'react';
import { Callout } from './callout.tsx';

/** Replaces a part of a page that could not be loaded, while the rest is shown. */
export function ErrorState({ title, actions, children }: { title: string; actions?: ReactNode; children?: ReactNode }) {
  return (
    <div className="p-4">
      <Callout tone="danger" role="alert" title={title} actions={actions}>
        {children}
      </Callout>
    </div>
  );
}
