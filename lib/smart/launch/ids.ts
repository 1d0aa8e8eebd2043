import { z } from 'zod';

/** The secret that an app brings back to name its launch: whoever holds it can open the launch. */
export const LaunchId = z.string().brand<'LaunchId'>();
export type LaunchId = z.infer<typeof LaunchId>;

/** The hash under which a launch is stored and listed. It identifies the launch on this server, and cannot open it. */
export const LaunchHash = z
  .string()
  .min(1)
  .refine((text) => !text.includes('\0'), 'must be storable as text')
  .brand<'LaunchHash'>();
export type LaunchHash = z.infer<typeof LaunchHash>;
