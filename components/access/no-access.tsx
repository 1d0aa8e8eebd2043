import { ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel } from '#components/ui/panel.tsx';

/** Stands where apps would be listed. */
export function NoAccess({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <Panel flush>
      <EmptyState icon={<ShieldCheck aria-hidden />} title={title} actions={actions}>
        {children}
      </EmptyState>
    </Panel>
  );
}
