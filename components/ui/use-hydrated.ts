'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** Tells whether the page handles events yet; anything chosen or pressed before would be lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
