import { createHash } from 'node:crypto';
import { serviceOfDefinition } from '#lib/cds-hooks/service-definition.ts';
import { type DefinedPart, type DefinedSettings, serviceKey, settingNames } from '#lib/data/given/parts.ts';
import type { SandboxFile } from './schema/schema.ts';

/** A sandbox file as JSON, as it is written: what it leaves out is not filled in. */
export type WrittenFile = Partial<Record<keyof SandboxFile, unknown>>;

/**
 * The parts of a sandbox file that can change by themselves. Their digests are of what is written, so that a member which
 * a later version of this server fills in does not count as a change of the file; and never of a password or secret,
 * which could be guessed from a digest that is fast to make.
 */
export function partsOf(sandbox: SandboxFile, written: WrittenFile): DefinedPart[] {
  const item = (list: keyof SandboxFile, index: number) => (written[list] as unknown[] | undefined)?.[index];
  return [
    ...settingNames.map((key): DefinedPart => {
      const settings: DefinedSettings = { [key]: sandbox[key] };
      return { kind: 'setting', key, digest: digestOf(written[key]), members: {}, settings };
    }),
    ...sandbox.users.map((user, index): DefinedPart => {
      return { kind: 'user', key: user.username, ...digestsOf(item('users', index), 'password'), user };
    }),
    ...sandbox.clients.map((client, index): DefinedPart => {
      return { kind: 'client', key: client.clientId, ...digestsOf(item('clients', index), 'clientSecret'), client };
    }),
    ...sandbox.cdsServices.map((definition, index): DefinedPart => {
      const service = serviceOfDefinition(definition);
      return { kind: 'cds-service', key: serviceKey(service), ...digestsOf(item('cdsServices', index)), service };
    }),
    ...sandbox.scenarios.map((scenario, index): DefinedPart => {
      return { kind: 'scenario', key: scenario.id, ...digestsOf(item('scenarios', index)), scenario };
    }),
  ];
}

/** A digest of everything that a sandbox file says but its data. It tells passwords to whoever guesses: hash it slowly. */
export function wholeDigest({ data: _, ...written }: WrittenFile): string {
  return digestOf(written);
}

/** The digest of an entry, and those of its members. @param left the member that both leave out */
function digestsOf(entry: unknown, left?: string) {
  // Whether a file writes the default or leaves it out is no change: nothing is switched on by that.
  const said = Object.entries(Object(entry)).filter(([name, value]) => !(name === 'enabled' && value === true));
  const members = said.filter(([name]) => name !== left).map(([name, value]) => [name, digestOf(value)]);
  return { digest: digestOf(entry, left), members: Object.fromEntries(members) };
}

/** A digest that does not depend on the order of members. @param left the member that is left out */
function digestOf(value: unknown, left?: string): string {
  const said = left === undefined || typeof value !== 'object' ? value : { ...value, [left]: undefined };
  return createHash('sha256')
    .update(JSON.stringify(said ?? null, inOrder))
    .digest('base64url');
}

function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
