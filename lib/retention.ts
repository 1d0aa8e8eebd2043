import { z } from 'zod';

const whole = z.coerce.number('must be a whole number of days').int().min(1).max(36_500);

/** The settings that say how long something is kept, in days. */
export const RetentionSettings = z.object({
  KEEP_AUDIT_DAYS: whole.default(90),
  KEEP_LAUNCHES_DAYS: whole.default(90),
  KEEP_IMPORTS_DAYS: whole.default(90),
  KEEP_INVITATIONS_DAYS: whole.default(90),
  /** Of apps that registered themselves and were never given anything. */
  KEEP_UNUSED_CLIENTS_DAYS: whole.default(90),
  /** Of former versions of resources; without it all are kept. */
  KEEP_VERSIONS_DAYS: whole.optional(),
});

/** How many days each is kept. */
export interface Retention {
  audit: number;
  /** Launches that have expired. */
  launches: number;
  /** What is told of uploads. */
  imports: number;
  invitations: number;
  unusedClients: number;
  /** Versions of resources since they were replaced; undefined: for good. */
  versions: number | undefined;
}

/** How long is kept what the settings say. */
export function retentionOf(settings: z.infer<typeof RetentionSettings>): Retention {
  return {
    audit: settings.KEEP_AUDIT_DAYS,
    launches: settings.KEEP_LAUNCHES_DAYS,
    imports: settings.KEEP_IMPORTS_DAYS,
    invitations: settings.KEEP_INVITATIONS_DAYS,
    unusedClients: settings.KEEP_UNUSED_CLIENTS_DAYS,
    versions: settings.KEEP_VERSIONS_DAYS,
  };
}
