/** A name that is safe in a header, in a log line and in an audit log. */
const wellFormed = /^[\w.:-]{1,100}$/;

/**
 * The id that a client gave its request by `X-Request-Id`; undefined when it gave none, or none that we repeat.
 * @see https://hl7.org/fhir/R4/http.html#custom
 */
export function sentRequestId(sent: string | string[] | null | undefined): string | undefined {
  return typeof sent === 'string' && wellFormed.test(sent) ? sent : undefined;
}
