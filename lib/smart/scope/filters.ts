/** The everyday names of code systems. */
const systems = new Map<string, string>(
  Object.entries<string>({
    'http://hl7.org/fhir/sid/cvx': 'CVX',
    'http://hl7.org/fhir/sid/icd-10': 'ICD-10',
    'http://hl7.org/fhir/sid/icd-10-cm': 'ICD-10-CM',
    'http://loinc.org': 'LOINC',
    'http://snomed.info/sct': 'SNOMED CT',
    'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  }),
);

const comparisons = new Map<string, string>(
  Object.entries<string>({
    eq: 'on',
    ne: 'not on',
    ge: 'from',
    gt: 'after',
    sa: 'after',
    le: 'until',
    lt: 'before',
    eb: 'before',
    ap: 'around',
  }),
);

/** The codes that a search parameter's value lists, without their systems: `b` and `c` for `a|b,c`. */
export function codesOf(value: string): string[] {
  return value.split(',').map((alternative) => alternative.split('|').at(-1) ?? '');
}

/**
 * A search parameter of a scope in words that follow `only`: `from 2020-01-01`, `where the status is final or amended`.
 * @see https://hl7.org/fhir/R4/search.html#prefix
 */
export function filterText(name: string, value: string): string {
  const [parameter = '', modifier] = name.split(':');
  const [, prefix = 'eq', date] = /^(eq|ne|[gl][et]|sa|eb|ap)?(\d{4}(?:-\d.*)?)$/.exec(value) ?? [];
  if (date && /date|_lastUpdated|period/i.test(parameter))
    return `${dated(parameter)}${comparisons.get(prefix)} ${date}`;
  const values = value.split(',').map(valueText).join(' or ');
  return `where the ${wordsOf(parameter)} ${modifier === 'not' ? 'is not' : 'is'} ${values}`;
}

/**
 * A code in words: `laboratory`. A number, which says nothing by itself, is followed by its system: `4548-4 (LOINC)`.
 */
function valueText(value: string): string {
  const [system, code] = value.includes('|') ? value.split('|') : [undefined, value];
  const known = system ? (systems.get(system) ?? '') : '';
  if (!code) return `any code of ${known || system}`;
  const plain = code.replace(/^[A-Z][A-Za-z]+\//, '');
  return known ? `${plain} (${known})` : plain;
}

function dated(parameter: string): string {
  return parameter === 'date' ? '' : `where the ${wordsOf(parameter)} is `;
}

/** A parameter's name in words: `clinical status` for `clinical-status`, `last updated` for `_lastUpdated`. */
function wordsOf(parameter: string): string {
  return parameter
    .replace(/^_/, '')
    .replaceAll(/[-_.]/g, ' ')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
}
