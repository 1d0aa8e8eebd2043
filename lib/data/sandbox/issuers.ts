import type { RegistrationMode } from '#lib/smart/dynamic/registration-mode.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { database } from '../database/database.ts';
import type { Sandbox } from './sandboxes.ts';

/** A sandbox with the settings of its authorization server. */
export interface Issuer extends Sandbox {
  registration: RegistrationMode;
  /** Incremented whenever something changes that the authorization server keeps in memory, such as its keys. */
  settingsVersion: number;
  /** Lifetimes of tokens in seconds, unless a registration has its own; null for the default. */
  accessTokenLifetime: number | null;
  refreshTokenLifetime: number | null;
  /** The sandbox's brand, as JSON for readBrand. */
  brand: unknown;
}

const selected = {
  id: true,
  slug: true,
  name: true,
  registration: true,
  settingsVersion: true,
  brand: true,
  accessTokenLifetime: true,
  refreshTokenLifetime: true,
} as const;

type Row = Issuer & Record<string, unknown>;

/** Converts a row of the table `sandbox` to an issuer. */
export function toIssuer(row: Row): Issuer {
  const { id, slug, name, registration, settingsVersion, brand, accessTokenLifetime, refreshTokenLifetime } = row;
  return { id, slug, name, registration, settingsVersion, brand, accessTokenLifetime, refreshTokenLifetime };
}

/** The issuer at `/{slug}`; undefined when there is no such sandbox. */
export async function findIssuer(slug: string): Promise<Issuer | undefined> {
  if (!isSandboxSlug(slug)) return undefined;
  return (await database().sandbox.findUnique({ where: { slug }, select: selected })) ?? undefined;
}
