import type { ClientRegistration } from '#lib/smart/client/registration.ts';

/** The fields of a client that the list of registered apps shows. */
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
