import { vi } from 'vitest';
import type { post } from './browser.ts';

/**
 * A second process on the same database: every module is loaded anew, so that it has nothing in common with this one
 * but what is stored. Answers its `post`.
 */
export async function otherProcess(): Promise<typeof post> {
  vi.resetModules();
  return (await import('./browser.ts')).post;
}
