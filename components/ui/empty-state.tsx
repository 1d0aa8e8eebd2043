import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: ReactNode;
  title: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}

/** Replaces an empty list: says what is missing, why, and what to do. */
export function EmptyState({ icon, title, actions, children }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1.5 px-6 py-10 text-center">
      {icon ? <div className="mb-1 text-muted [&_svg]:size-6">{icon}</div> : null}
      <p className="font-semibold">{title}</p>
      {children ? <div className="max-w-prose text-muted text-pretty">{children}</div> : null}
      {actions ? <div className="flex flex-wrap justify-center gap-2 pt-3">{actions}</div> : null}
    </div>
  );
}
