'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { HookLine, ServiceAnswer } from './hook-lines.ts';
import { readLines } from './read-lines.ts';
import { messageOf, postJson } from './send-json.ts';

/** A service that was called, and its answer once it has arrived. */
export interface AskedService {
  id: string;
  title: string;
  answer?: ServiceAnswer;
}

/** The state of a hook: not fired, waiting for answers, or done; `failed` when no service could be called. */
export interface Firing {
  state: 'idle' | 'asking' | 'done';
  services: AskedService[];
  failed?: string;
}

/** A hook to fire, with the data of its request. */
export interface HookRequest {
  hook: string;
  patient: string;
  encounter?: string | undefined;
  draft?: object | undefined;
}

const idle: Firing = { state: 'idle', services: [] };

/** Fires hooks of a sandbox. Only the last one counts; its answers appear as they arrive. */
export function useHook(sandbox: string): {
  firing: Firing;
  fire: (request: HookRequest) => Promise<void>;
  reset: () => void;
} {
  const [firing, setFiring] = useState<Firing>(idle);
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const reset = useCallback(() => {
    running.current?.abort();
    setFiring(idle);
  }, []);
  const fire = useCallback(
    async (request: HookRequest) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const { signal } = controller;
      const update = (change: (before: Firing) => Firing) => signal.aborted || setFiring(change);
      update(() => ({ state: 'asking', services: [] }));
      try {
        const { body } = await postJson(`/${sandbox}/cds/hooks`, request, signal);
        if (body) for await (const line of readLines(body)) update((before) => withLine(before, line));
        update((before) => ({ ...before, state: 'done' }));
      } catch (thrown) {
        update((before) => ({ ...before, state: 'done', failed: messageOf(thrown) }));
      }
    },
    [sandbox],
  );
  return { firing, fire, reset };
}

function withLine(before: Firing, line: HookLine): Firing {
  if ('asked' in line) return { ...before, services: line.asked };
  const { service, ...answer } = line;
  return { ...before, services: before.services.map((one) => (one.id === service ? { ...one, answer } : one)) };
}
