/** A request as a paper writes it. */
export interface WrittenRequest {
  method: string;
  /** Its path and query. */
  target: string;
  headers: Record<string, string>;
  body?: string;
}
