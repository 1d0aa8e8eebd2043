import type { RegistrationMode } from '#lib/smart/dynamic/registration-mode.ts';
import { isSandboxSlug } from '#lib/smart/sandbox/slug.ts';
import { database } from '../database/database.ts';
import type { Sandbox } from './sandboxes.ts';

/** A sandbox as its authorization server sees it. */
export interface Issuer extends Sandbox {
  registration: RegistrationMode;
  /** Raised with every change of what the authorization server holds in memory, such as its keys. */
  settingsVersion: number;
  /** Lifetimes of tokens in seconds where a registration does not say otherwise; null: as long as usual. */
  accessTokenLifetime: number | null;
  refreshTokenLifetime: number | null;
  /** What people see of it beside its name, as JSON for readBrand. */
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

/** A whole row of the table as an issuer. */
export function toIssuer(row: Row): Issuer {
  const { id, slug, name, registration, settingsVersion, brand, accessTokenLifetime, refreshTokenLifetime } = row;
  return { id, slug, name, registration, settingsVersion, brand, accessTokenLifetime, refreshTokenLifetime };
}

/** The issuer at `/{slug}`; undefined: no such sandbox. */
export async function findIssuer(slug: string): Promise<Issuer | undefined> {
  if (!isSandboxSlug(slug)) return undefined;
  return (await database().sandbox.findUnique({ where: { slug }, select: selected })) ?? undefined;
}
