import type { CodeSystem, CodeSystemConcept, ValueSet, ValueSetComposeInclude } from 'fhir/r4';
import type { Expansion } from '#lib/fhir/validation/value-set.ts';
import { resourcesIn } from './package-file.ts';

/** The R4 value sets and code systems, by canonical URL. */
interface Terminology {
  valueSets: Map<string, ValueSet>;
  codeSystems: Map<string, CodeSystem>;
}

function withoutVersion(canonical: string): string {
  return canonical.split('|')[0] ?? canonical;
}

function allCodes(concepts: CodeSystemConcept[] = []): string[] {
  return concepts.flatMap(({ code, concept }) => [code, ...allCodes(concept)]);
}

/** The codes of one `include`; undefined when they cannot be listed, because of a filter or an external code system. */
function codesOfSystem(include: ValueSetComposeInclude, terminology: Terminology): string[] | undefined {
  if (include.concept) {
    return include.concept.map(({ code }) => code);
  }
  const codeSystem = terminology.codeSystems.get(include.system ?? '');
  return codeSystem?.content === 'complete' && !include.filter ? allCodes(codeSystem.concept) : undefined;
}

function expandInclude(include: ValueSetComposeInclude, terminology: Terminology): Expansion | undefined {
  if (include.valueSet) {
    const [only, ...more] = include.valueSet;
    return include.system || more.length > 0 ? undefined : expand(withoutVersion(only ?? ''), terminology);
  }
  const codes = codesOfSystem(include, terminology);
  return codes && new Map([[include.system ?? '', new Set(codes)]]);
}

function expand(url: string, terminology: Terminology): Expansion | undefined {
  const compose = terminology.valueSets.get(url)?.compose;
  if (!compose || compose.exclude) {
    return undefined;
  }
  const expansion = new Map<string, Set<string>>();
  for (const include of compose.include) {
    const part = expandInclude(include, terminology);
    if (!part) {
      return undefined;
    }
    for (const [system, codes] of part) {
      expansion.set(system, new Set([...(expansion.get(system) ?? []), ...codes]));
    }
  }
  return expansion;
}

function readTerminology(): Terminology {
  const resources = resourcesIn<ValueSet | CodeSystem>('fhir/r4/valuesets.json');
  const byUrl = <T extends ValueSet | CodeSystem>(type: T['resourceType']) =>
    new Map(resources.filter((each): each is T => each.resourceType === type).map((each) => [each.url ?? '', each]));
  return { valueSets: byUrl<ValueSet>('ValueSet'), codeSystems: byUrl<CodeSystem>('CodeSystem') };
}

/**
 * The codes of value sets, by canonical URL without version. Value sets that R4 does not define, or whose codes cannot
 * be listed, are left out.
 * @param wanted canonical URLs, with or without version
 */
export function expansionsOf(wanted: Iterable<string>): Map<string, Expansion> {
  const terminology = readTerminology();
  const urls = [...new Set(Array.from(wanted, withoutVersion))].sort();
  return new Map(
    urls.flatMap((url) => {
      const expansion = expand(url, terminology);
      return expansion ? [[url, expansion]] : [];
    }),
  );
}
