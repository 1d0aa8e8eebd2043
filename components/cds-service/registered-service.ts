import type { ScopeState } from './scope-state.ts';

/** A CDS service as administrators see it. */
export interface RegisteredService {
  id: string;
  discoveryUrl: string;
  serviceId: string;
  hook: string;
  title: string;
  description: string;
  prefetch: Record<string, string>;
  usage: string;
  /** What its prefetch needs, in words, and whether it was given. */
  wants: { scope: string; words: string; given: boolean; beyondPatient: boolean }[];
  /** Scopes that it was given besides. */
  others: string;
  enabled: boolean;
  lastCall?: { at: Date; millis: number; outcome: string };
}

/** Server actions that take `service` from a form. */
export interface ServiceActions {
  enable: (formData: FormData) => Promise<void>;
  disable: (formData: FormData) => Promise<void>;
  remove: (formData: FormData) => Promise<void>;
  changeScope: (state: ScopeState, formData: FormData) => Promise<ScopeState>;
}
