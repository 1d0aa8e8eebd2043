import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

type CalloutTone = 'info' | 'success' | 'warning' | 'danger';

const looks: Record<CalloutTone, { icon: typeof Info; box: string }> = {
  info: { icon: Info, box: 'border-info-line bg-info-soft text-info-text' },
  success: { icon: CircleCheck, box: 'border-success-line bg-success-soft text-success-text' },
  warning: { icon: TriangleAlert, box: 'border-warning-line bg-warning-soft text-warning-text' },
  danger: { icon: CircleAlert, box: 'border-danger-line bg-danger-soft text-danger-text' },
};

interface CalloutProps {
  tone?: CalloutTone | undefined;
  title?: ReactNode;
  /** `alert` interrupts (something failed), `status` waits its turn (something worked). Plain notes have none. */
  role?: 'alert' | 'status' | undefined;
  actions?: ReactNode;
  children?: ReactNode;
}

/** A message that belongs to the page or form around it. */
export function Callout({ tone = 'info', title, role, actions, children }: CalloutProps) {
  const { icon: Icon, box } = looks[tone];
  return (
    <div role={role} className={classNames('flex gap-2.5 rounded-md border px-3.5 py-2.5', box)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className="break-words text-ink">{children}</div> : null}
        {actions ? <div className="flex flex-wrap gap-2 pt-1.5">{actions}</div> : null}
      </div>
    </div>
  );
}
