'use client';

import { LoaderCircle } from 'lucide-react';
import { useLinkStatus } from 'next/link';

/** A spinner for the inside of a link, shown while the linked page is loading. */
export function PendingMark() {
  const { pending } = useLinkStatus();
  return pending ? <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin" /> : null;
}
