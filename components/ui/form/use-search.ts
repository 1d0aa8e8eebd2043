'use client';

import { useRef, useState, useTransition } from 'react';

export interface SearchItem {
  id: string;
  label: string;
}

type Search<Item> = (text: string, signal: AbortSignal) => Promise<readonly Item[]>;

/** Searches the server for the typed text. A newer search aborts the older one, whose result is never shown. */
export function useSearch<Item extends SearchItem>(search: Search<Item>, chosen: Item | null) {
  const [found, setFound] = useState<readonly Item[]>([]);
  const [error, setError] = useState<string>();
  const [pending, startTransition] = useTransition();
  const current = useRef<AbortController>(null);

  function run(text: string) {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    startTransition(async () => {
      const answer = await search(text, controller.signal).catch((reason: unknown) => reason);
      if (controller.signal.aborted) return;
      startTransition(() => {
        setFound(Array.isArray(answer) ? answer : []);
        setError(Array.isArray(answer) ? undefined : 'The search failed. Check the connection and type again.');
      });
    });
  }

  const items = !chosen || found.some((item) => item.id === chosen.id) ? found : [...found, chosen];
  return { items, pending, error, run };
}
