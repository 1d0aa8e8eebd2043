import type { Bundle, CodeSystem, CodeSystemConcept, ValueSet, ValueSetComposeInclude } from 'fhir/r4';
import { readDefinitionFile } from '../definition/files.ts';

/** The codes of a value set, by system. */
export type Expansion = ReadonlyMap<string, ReadonlySet<string>>;

/** The R4 value sets and code systems, by canonical URL; needed while the expansions are made. */
interface Terminology {
  valueSets: Map<string, ValueSet>;
  codeSystems: Map<string, CodeSystem>;
}

let expansions: ReadonlyMap<string, Expansion> | undefined;

function withoutVersion(canonical: string): string {
  return canonical.split('|')[0] ?? canonical;
}

function allCodes(concepts: CodeSystemConcept[] = []): string[] {
  return concepts.flatMap(({ code, concept }) => [code, ...allCodes(concept)]);
}

/** The codes one `include` names, or undefined where they are not to be listed: filters, external code systems. */
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

function readExpansions(): ReadonlyMap<string, Expansion> {
  const bundle = readDefinitionFile('fhir/r4/valuesets.json') as Bundle<ValueSet | CodeSystem>;
  const resources = bundle.entry?.flatMap(({ resource }) => resource ?? []) ?? [];
  const byUrl = <T extends ValueSet | CodeSystem>(type: T['resourceType']) =>
    new Map(resources.filter((each): each is T => each.resourceType === type).map((each) => [each.url ?? '', each]));
  const terminology = { valueSets: byUrl<ValueSet>('ValueSet'), codeSystems: byUrl<CodeSystem>('CodeSystem') };
  const listed = new Map<string, Expansion>();
  for (const url of terminology.valueSets.keys()) {
    const expansion = expand(url, terminology);
    if (expansion) {
      listed.set(url, expansion);
    }
  }
  return listed;
}

/**
 * The codes of an R4 value set by its canonical URL, with or without `|version`; undefined where they cannot be listed
 * (unknown value sets, those of external code systems such as UCUM, or chosen by filter).
 */
export function expansionOf(canonical: string): Expansion | undefined {
  expansions ??= readExpansions();
  return expansions.get(withoutVersion(canonical));
}
