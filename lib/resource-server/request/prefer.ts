/** What a client wants to be told of its write. @see https://hl7.org/fhir/R4/http.html#ops */
export type PreferredReturn = 'minimal' | 'representation' | 'OperationOutcome';

/** The `return` of a Prefer header. */
export function preferredReturn(prefer: string | null): PreferredReturn | undefined {
  return /(?:^|[,;\s])return=(minimal|representation|OperationOutcome)\b/.exec(prefer ?? '')?.[1] as
    | PreferredReturn
    | undefined;
}

/** Whether a search with parameters that are not known is to be refused. @see https://hl7.org/fhir/R4/search.html#errors */
export function isStrict(prefer: string | null): boolean {
  return /\bhandling=strict\b/i.test(prefer ?? '');
}
