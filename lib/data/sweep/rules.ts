import type { Env } from '#lib/env.ts';
import { sweepAuditEvents } from '../audit/retention.ts';
import { sweepCards } from '../cds/cards.ts';
import { keptAfterExpiry, sweepInitialAccessTokens } from '../client/initial-access-tokens.ts';
import { sweepUnusedClients } from '../client/unused-clients.ts';
import { sweepLaunches } from '../launch/launch-sweep.ts';
import { sweepAttempts } from '../member/failed-attempts.ts';
import { sweepInvitations } from '../member/invitations.ts';
import { sweepVersions } from '../resource/former-versions.ts';
import { sweepImportJobs } from '../seed/import-jobs.ts';
import { sweepSessions } from '../session/end-sessions.ts';
import { sweepPayloads } from '../token/oidc-sweep.ts';
import { sweepSigningKeys } from '../token/signing-keys.ts';

/** What is deleted after a while. */
export interface SweepRule {
  /** Names it for people. */
  what: string;
  /** How long it is kept, for people. */
  kept: (days: Env['retention']) => string;
  /** The tables that it deletes from. */
  tables: string[];
  sweep: (now: Date) => Promise<void>;
}

/** Everything that is deleted after a while, in the order in which it is. */
export const sweepRules: readonly SweepRule[] = [
  {
    // Before the tokens, which tell that an app was used.
    what: 'Apps that registered themselves and were never used',
    kept: ({ unusedClients }) => `${unusedClients} days after their last change`,
    tables: ['client'],
    sweep: sweepUnusedClients,
  },
  {
    what: 'Grants, codes, tokens and login sessions',
    kept: () => 'a day after they expired',
    tables: ['oidc_payload', 'grant_context'],
    sweep: sweepPayloads,
  },
  {
    what: 'Launches',
    kept: ({ launches }) => `${launches} days after they expired`,
    tables: ['launch_context'],
    sweep: sweepLaunches,
  },
  {
    what: 'Audit log',
    kept: ({ audit }) => `${audit} days`,
    tables: ['audit_event'],
    sweep: sweepAuditEvents,
  },
  {
    what: 'Former versions of resources',
    kept: ({ versions }) => (versions === undefined ? 'for good' : `${versions} days after they were replaced`),
    tables: ['resource_version'],
    sweep: sweepVersions,
  },
  {
    what: 'Progress and problems of uploads',
    kept: ({ imports }) => `${imports} days after the last part came`,
    tables: ['import_job'],
    sweep: sweepImportJobs,
  },
  {
    what: 'Invitations that nobody has answered',
    kept: ({ invitations }) => `${invitations} days`,
    tables: ['invitation'],
    sweep: sweepInvitations,
  },
  {
    what: 'Initial access tokens',
    kept: () => `${keptAfterExpiry} days after they expired`,
    tables: ['initial_access_token'],
    sweep: sweepInitialAccessTokens,
  },
  { what: 'Cards of CDS services', kept: () => 'a day', tables: ['cds_card'], sweep: sweepCards },
  {
    what: 'Retired signing keys',
    kept: () => 'until the last token that they signed has expired',
    tables: ['signing_key'],
    sweep: sweepSigningKeys,
  },
  { what: 'Sessions', kept: () => 'until they end', tables: ['ehr_session'], sweep: sweepSessions },
  {
    what: 'Counts of failed attempts',
    kept: () => 'a day',
    tables: ['failed_attempt'],
    sweep: sweepAttempts,
  },
];
