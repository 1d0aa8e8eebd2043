'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const interval = 2000;

/** Refreshes the page every two seconds while it is part of it. */
export function RefreshWhile() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), interval);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
