/** The part of the result that a client wants in the response to a write. @see https://hl7.org/fhir/R4/http.html#ops */
export type PreferredReturn = 'minimal' | 'representation' | 'OperationOutcome';

/** Reads the `return` preference of a Prefer header. */
export function preferredReturn(prefer: string | null): PreferredReturn | undefined {
  return /(?:^|[,;\s])return=(minimal|representation|OperationOutcome)\b/.exec(prefer ?? '')?.[1] as
    | PreferredReturn
    | undefined;
}

/** Tells whether a search with unknown parameters is to be refused. @see https://hl7.org/fhir/R4/search.html#errors */
export function isStrict(prefer: string | null): boolean {
  return /\bhandling=strict\b/i.test(prefer ?? '');
}
