/** A resource on a page, as JSON text. */
export interface FoundResource {
  key: string;
  resourceType: string;
  id: string;
  content: string;
  /** Compartments in which it lies. */
  patients: string[];
}

export interface SearchResult {
  matches: FoundResource[];
  included: FoundResource[];
  /** Included resources were cut off: there are more than a page may hold. */
  includedCut: boolean;
  /** Number of matches on all pages; undefined when it was not wanted or is above what an estimate counts. */
  total?: number;
  /** Cursor of the next page, when there is one. */
  next?: string;
}
