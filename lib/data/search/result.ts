/** A resource on a page, as JSON text. */
export interface FoundResource {
  key: string;
  resourceType: string;
  id: string;
  content: string;
  /** The compartments it is in. */
  patients: string[];
}

export interface SearchResult {
  matches: FoundResource[];
  included: FoundResource[];
  /** Whether included resources were cut off, because there are more than a page may hold. */
  includedCut: boolean;
  /** Number of matches on all pages; undefined when the search asked for none, or when an estimate stopped counting. */
  total?: number;
  /** Cursor of the next page, when there is one. */
  next?: string;
}
