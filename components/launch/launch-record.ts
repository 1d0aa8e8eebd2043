import type { LaunchHash } from '#lib/smart/launch/ids.ts';

/** A launch as lists show it. */
export interface LaunchRecord {
  launchHash: LaunchHash;
  client: { clientId: string; name: string; logoUri?: string | undefined };
  /** The user whose browser may use it. */
  user?: { name: string; username: string } | undefined;
  /** The patient in its parameters; the name is absent when the reader may not see the patient. */
  patient?: { id: string; name?: string | undefined } | undefined;
  origin: 'ui' | 'scenario' | 'api' | 'cds';
  /** The app that registered it over the API. */
  createdBy?: { clientId: string; name?: string | undefined } | undefined;
  status: 'pending' | 'used' | 'expired' | 'withdrawn';
  parameters: Readonly<Record<string, unknown>>;
  createdAt: Date;
  expiresAt: Date;
  usedAt?: Date | undefined;
  withdrawnAt?: Date | undefined;
}

/** The words for the origins of launches. */
export const originText: Record<LaunchRecord['origin'], string> = {
  ui: 'Launch button',
  scenario: 'Scenario',
  api: 'Launch API',
  cds: 'CDS card',
};

/** The words for the statuses of launches. */
export const statusText: Record<LaunchRecord['status'], string> = {
  pending: 'Pending',
  used: 'Used',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
};
