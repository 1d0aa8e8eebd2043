'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Whether the page already hears events: what is chosen or pressed before would be lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
