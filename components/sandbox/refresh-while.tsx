'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const interval = 2000;

/** Draws the page anew every two seconds for as long as it is on it. */
export function RefreshWhile() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), interval);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
