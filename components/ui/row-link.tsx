'use client';

import { LoaderCircle } from 'lucide-react';
import Link, { useLinkStatus } from 'next/link';
import type { ReactNode } from 'react';

/** A link in a row's first cell whose target is the whole row; shows that the next page is on its way. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="inline-flex items-center gap-2 font-medium after:absolute after:inset-0">
      {children}
      <PendingMark />
    </Link>
  );
}

function PendingMark() {
  const { pending } = useLinkStatus();
  return pending ? <LoaderCircle aria-hidden className="size-4 animate-spin text-muted" /> : null;
}
