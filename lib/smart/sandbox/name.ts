import { z } from 'zod';
import { oneVisibleLine } from '../visible-text.ts';

/** The rule of a sandbox's display name, as a form sends it. */
export const SandboxName = z
  .string()
  .trim()
  .min(1, 'Say what the sandbox is called.')
  .max(100, 'The name must not be longer than 100 characters.')
  .superRefine(oneVisibleLine('The name'));
