'use client';

import { LoaderCircle } from 'lucide-react';
import { useLinkStatus } from 'next/link';

/** Inside a link: turns while the page it leads to is on its way. */
export function PendingMark() {
  const { pending } = useLinkStatus();
  return pending ? <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" /> : null;
}
