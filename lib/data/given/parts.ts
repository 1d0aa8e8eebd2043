import type { LaunchScenario } from '#lib/smart/scenario/launch-scenario.ts';
import type { DefinedCdsService } from '../cds/services.ts';
import type { UserDefinition } from '../member/defined-users.ts';
import type { SandboxDefinition } from '../seed/sandbox-definitions.ts';

/** An app as a sandbox file describes it. */
type DefinedClient = SandboxDefinition['clients'][number];

/** The settings of a sandbox file, by their names. */
export type DefinedSettings = Partial<
  Pick<
    SandboxDefinition,
    | 'name'
    | 'launchLifetimeSeconds'
    | 'orchestrateScopeRequired'
    | 'accessTokenLifetimeSeconds'
    | 'refreshTokenLifetimeSeconds'
    | 'registration'
    | 'brand'
  >
>;

/** The names of the settings that a sandbox file may have. */
export const settingNames = [
  'name',
  'launchLifetimeSeconds',
  'orchestrateScopeRequired',
  'accessTokenLifetimeSeconds',
  'refreshTokenLifetimeSeconds',
  'registration',
  'brand',
] as const satisfies readonly (keyof DefinedSettings)[];

/** What a part of a sandbox file is about. */
export type PartKind = DefinedPart['kind'];

/**
 * A part of a sandbox file: what can change by itself from one start to the next. The digest is of what the file says,
 * without a password or secret; so are those of its members, as far as the file says something else than the default.
 */
export type DefinedPart = { key: string; digest: string; members: Record<string, string> } & (
  | { kind: 'setting'; settings: DefinedSettings }
  | { kind: 'user'; user: UserDefinition }
  | { kind: 'client'; client: DefinedClient }
  | { kind: 'cds-service'; service: DefinedCdsService }
  | { kind: 'scenario'; scenario: LaunchScenario }
);

/** The password or secret that a part gives; undefined when it gives none. */
export function secretOf(part: DefinedPart): string | undefined {
  if (part.kind === 'user') return part.user.password;
  return part.kind === 'client' ? part.client.clientSecret : undefined;
}

/** Names a CDS service within its sandbox. */
export function serviceKey({ discoveryUrl, serviceId, hook }: Omit<DefinedCdsService, 'enabled'>): string {
  return JSON.stringify([discoveryUrl, serviceId, hook]);
}
