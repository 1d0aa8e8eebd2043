import { getAllDataTypes, type InternalTypeSchema } from '@medplum/core';
import { loadDefinitions } from '../definition/definitions.ts';
import { readPrebuilt } from '../definition/prebuilt.ts';

/** A profile that resources and extensions can be checked against. */
export interface Profile {
  url: string;
  version: string;
  /** The resource type it is about, or `Extension`. */
  type: string;
  /** Parsed beforehand: that takes longer than a validation. */
  schema: InternalTypeSchema;
}

let profiles: ReadonlyMap<string, Profile> | undefined;

/** The validator finds a schema by the name of a type: that of a profile is its URL, which no base type has. */
function readProfiles(): ReadonlyMap<string, Profile> {
  loadDefinitions();
  const found = readPrebuilt<Profile[]>('profiles');
  for (const { url, schema } of found) getAllDataTypes()[url] = schema;
  return new Map(found.map((profile) => [profile.url, profile]));
}

/**
 * The profile with this canonical URL; of a versioned one (`url|5.0.1`) only that version. Undefined when its definition
 * is not at hand. The definitions are read with the first call.
 */
export function profileOf(canonical: string): Profile | undefined {
  profiles ??= readProfiles();
  const [url = '', version] = canonical.split('|');
  const found = profiles.get(url);
  return version === undefined || version === found?.version ? found : undefined;
}

/** The canonical URLs, with version, of all profiles of a type whose definitions are at hand. */
export function knownProfiles(type: string): string[] {
  profiles ??= readProfiles();
  return [...profiles.values()].filter((one) => one.type === type).map(({ url, version }) => `${url}|${version}`);
}
