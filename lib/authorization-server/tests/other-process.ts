import { vi } from 'vitest';
import type { post } from './browser.ts';

/**
 * Loads every module anew to act as a second process on the same database, which shares only what is stored. Returns
 * its `post`.
 */
export async function otherProcess(): Promise<typeof post> {
  vi.resetModules();
  return (await import('./browser.ts')).post;
}
