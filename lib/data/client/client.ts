import type { ClientDescription } from '#lib/smart/client/description.ts';
import { ClientKeys } from '#lib/smart/client/keys.ts';
import { type ClientRegistration, isOptionalField, type OptionalField } from '#lib/smart/client/registration.ts';
import { fieldNames, type RegistrationField } from '#lib/smart/client/registration-fields.ts';
import type { LaunchParameters } from '#lib/smart/launch/context.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** A registered SMART app as everybody may see it: without the hash of its secret. */
export interface Client extends Omit<ClientRegistration, 'clientId'> {
  clientId: string;
  /** Whether it registered itself by the dynamic registration protocol. */
  dynamic: boolean;
  /** The parts of its own registration request that have no column. */
  metadata: ClientDescription;
  createdAt: Date;
  updatedAt: Date;
}

/** The columns that are no field of the registration, and whether everyone may see them. */
const otherColumns = {
  sandboxId: false,
  clientSecretHash: false,
  dynamic: true,
  metadata: true,
  createdAt: true,
  updatedAt: true,
  usedAt: false,
} as const satisfies Record<Exclude<Prisma.ClientScalarFieldEnum, RegistrationField>, boolean>;

/** Every column of a client except the hash of its secret and the sandbox, which the caller knows. */
export const clientColumns = { ...selected(fieldNames), ...otherColumns };

function selected<Column extends Prisma.ClientScalarFieldEnum>(columns: readonly Column[]): Record<Column, true> {
  return Object.fromEntries(columns.map((column) => [column, true])) as Record<Column, true>;
}

type Row = Prisma.ClientGetPayload<{ select: typeof clientColumns }>;

/** Converts a row to a client: columns that are null become absent, and JSON becomes keys again. */
export function toClient({ jwks, metadata, launchDefaults, ...columns }: Row): Client {
  const client = {
    ...withoutNulls(columns),
    // Only what has passed its rules is ever stored, so it needs no second check.
    metadata: metadata as ClientDescription,
    launchDefaults: launchDefaults as LaunchParameters,
  };
  return jwks === null ? client : { ...client, jwks: ClientKeys.parse(jwks) };
}

type WithoutNulls<Columns> = { [name in keyof Columns as null extends Columns[name] ? never : name]: Columns[name] } & {
  [name in keyof Columns as null extends Columns[name] ? name : never]?: NonNullable<Columns[name]>;
};

function withoutNulls<Columns extends object>(columns: Columns): WithoutNulls<Columns> {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null)) as WithoutNulls<Columns>;
}

/** The columns of the fields that a registration may leave out. */
type OptionalColumns = { [name in OptionalField]: NonNullable<ClientRegistration[name]> | null };

/** Converts a registration to columns, without the id; fields that it leaves out become null. */
export function toColumns(registration: ClientRegistration) {
  const { clientId: _, jwks, ...columns } = { ...registration, ...optionalColumns(registration) };
  return {
    ...columns,
    launchDefaults: registration.launchDefaults as Prisma.InputJsonObject,
    jwks: (jwks as Prisma.InputJsonObject | null) ?? Prisma.DbNull,
  };
}

function optionalColumns(registration: ClientRegistration): OptionalColumns {
  const columns = fieldNames.filter(isOptionalField).map((name) => [name, registration[name] ?? null]);
  return Object.fromEntries(columns) as OptionalColumns;
}
