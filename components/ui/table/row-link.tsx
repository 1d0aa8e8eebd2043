import type { ReactNode } from 'react';
import { Link } from '../link.tsx';
import { PendingMark } from '../pending-mark.tsx';

/** A link in a row's first cell whose click target is the whole row; shows a spinner while the next page loads. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="inline-flex items-center gap-2 font-medium after:absolute after:inset-0">
      {children}
      <PendingMark />
    </Link>
  );
}
