import { ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel } from '#components/ui/panel.tsx';

/** Shown in place of a list of apps that is empty. */
export function NoAccess({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <Panel flush>
      <EmptyState icon={<ShieldCheck aria-hidden />} title={title} actions={actions}>
        {children}
      </EmptyState>
    </Panel>
  );
}
