import type { ClientDescription } from '#lib/smart/client/description.ts';
import { ClientKeys } from '#lib/smart/client/keys.ts';
import type { ClientRegistration } from '#lib/smart/client/registration.ts';
import type { LaunchParameters } from '#lib/smart/launch/context.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** A registered SMART app as everyone may see it: without its secret, and without the hash of it. */
export interface Client extends Omit<ClientRegistration, 'clientId'> {
  clientId: string;
  /** Whether it registered itself. */
  dynamic: boolean;
  /** What it said of itself that has no column. */
  metadata: ClientDescription;
  createdAt: Date;
  updatedAt: Date;
}

/** Every column of a client but the hash of its secret. */
export const clientColumns = {
  clientId: true,
  name: true,
  description: true,
  logoUri: true,
  launchUri: true,
  redirectUris: true,
  scope: true,
  type: true,
  jwksUri: true,
  jwks: true,
  requirePkce: true,
  needs: true,
  launchDefaults: true,
  trusted: true,
  enabled: true,
  origins: true,
  accessTokenLifetime: true,
  refreshTokenLifetime: true,
  dynamic: true,
  metadata: true,
  createdAt: true,
  updatedAt: true,
} as const satisfies Prisma.ClientSelect;

type Row = Prisma.ClientGetPayload<{ select: typeof clientColumns }>;

/** A row as a client: what is not set is absent, and the keys are keys again. */
export function toClient({ logoUri, launchUri, jwksUri, jwks, metadata, launchDefaults, ...row }: Row): Client {
  const { accessTokenLifetime, refreshTokenLifetime, ...others } = row;
  return {
    ...others,
    // Nothing is written into it but what passed its rules.
    metadata: metadata as ClientDescription,
    launchDefaults: launchDefaults as LaunchParameters,
    ...(accessTokenLifetime === null ? {} : { accessTokenLifetime }),
    ...(refreshTokenLifetime === null ? {} : { refreshTokenLifetime }),
    ...(logoUri === null ? {} : { logoUri }),
    ...(launchUri === null ? {} : { launchUri }),
    ...(jwksUri === null ? {} : { jwksUri }),
    ...(jwks === null ? {} : { jwks: ClientKeys.parse(jwks) }),
  };
}

/** A registration as columns, without the id; what it leaves out is cleared. */
export function toColumns({ clientId: _, ...registration }: ClientRegistration) {
  return {
    ...registration,
    logoUri: registration.logoUri ?? null,
    launchUri: registration.launchUri ?? null,
    jwksUri: registration.jwksUri ?? null,
    accessTokenLifetime: registration.accessTokenLifetime ?? null,
    refreshTokenLifetime: registration.refreshTokenLifetime ?? null,
    launchDefaults: registration.launchDefaults as Prisma.InputJsonObject,
    jwks: (registration.jwks as Prisma.InputJsonObject | undefined) ?? Prisma.DbNull,
  };
}
