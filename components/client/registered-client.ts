import type { ClientRegistration } from '#lib/smart/client/registration.ts';

/** What the list of registered apps shows of each. */
export type RegisteredClient = Pick<
  ClientRegistration,
  'name' | 'description' | 'logoUri' | 'launchUri' | 'type' | 'needs' | 'launchDefaults' | 'trusted' | 'enabled'
> & { clientId: string; dynamic: boolean };

export const typeText: Record<RegisteredClient['type'], string> = {
  public: 'Public',
  secret: 'Secret',
  jwks_uri: 'JWKS by address',
  jwks: 'JWKS by value',
};

export const needsText: Record<RegisteredClient['needs'], string> = {
  patient: 'Patient',
  encounter: 'Encounter',
  none: 'Neither',
};
