import type { Resource } from 'fhir/r4';
import { sliceIssues } from './profile-slices.ts';
import { type Profile, profileOf } from './profiles.ts';
import { error, type ResourceIssue } from './resource-issue.ts';
import { structuralIssues } from './structural-validation.ts';

/**
 * Issues by the profiles in `canonicals`, by default those the resource claims in `meta.profile`. A profile without a
 * known definition gives a warning. Expects valid R4.
 * @see https://hl7.org/fhir/R4/profiling.html
 */
export function profileIssues(resource: Resource, canonicals = claimedProfiles(resource)): ResourceIssue[] {
  const type = resource.resourceType;
  const seen = new Set<string>();
  return canonicals.flatMap((canonical, index) => {
    // Claimed ten thousand times, a profile would be checked ten thousand times.
    if (seen.size === seen.add(canonical).size) return [];
    const profile = profileOf(canonical);
    if (!profile) return [unknownProfile(`${type}.meta.profile[${index}]`, canonical)];
    if (profile.type !== type)
      return [error(`${type}.meta.profile[${index}]`, `${canonical} is about ${profile.type}`)];
    return againstProfile(resource, type, profile);
  });
}

/** The canonical URLs in `meta.profile`. */
function claimedProfiles({ meta }: Resource): string[] {
  return (meta?.profile ?? []).filter((one) => typeof one === 'string');
}

function unknownProfile(expression: string, canonical: string): ResourceIssue {
  const diagnostics = `The definition of the profile ${canonical} is not at hand: not checked against it`;
  return { severity: 'warning', expression, diagnostics };
}

function againstProfile(value: object, path: string, { url, schema }: Profile): ResourceIssue[] {
  const typed = { type: url, value, path };
  return [
    ...structuralIssues(typed, schema),
    ...sliceIssues(typed, schema.elements),
    ...Object.entries(value).flatMap(([name, child]) => extensionIssues(child, `${path}.${name}`)),
  ];
}

/** Issues by the definitions of extensions, which the structural validator does not check. */
function extensionIssues(value: unknown, path: string): ResourceIssue[] {
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  const profile = isList ? undefined : extensionProfile(value, path);
  if (profile) return againstProfile(value, path, profile);
  return Object.entries(value).flatMap(([name, child]) =>
    extensionIssues(child, isList ? `${path}[${name}]` : `${path}.${name}`),
  );
}

function extensionProfile(value: object, path: string): Profile | undefined {
  if (!/\.(modifierE|e)xtension\[\d+\]$/.test(path) || !('url' in value)) return undefined;
  const found = profileOf(String(value.url));
  return found?.type === 'Extension' ? found : undefined;
}
