import type { Ledger, Version } from './ledger.ts';
import type { Token } from './token.ts';

/** The expected result of a request. */
export interface Expected {
  status: number;
  /** The version that is the answer. */
  version?: Version;
  /** The resources of a Bundle, those of all pages together. */
  matches?: Version[];
  /** The resources that a page of these matches includes. */
  includes?: (page: Version[]) => Version[];
  /** The total in the Bundle; null for none. */
  total?: number | null;
  /** The sort key of each match; none may be smaller than the one before. */
  order?: (version: Version) => (string | number)[];
  /** Whether an order of `order` goes downwards, by its position. */
  descending?: boolean[];
  /** The content is not shown: whoever wrote it may not read it. */
  hidden?: boolean;
  /** No transaction does it. */
  alone?: boolean;
  /** The `Type/id` that is written, once it is known. */
  touches?: string;
  /** The change to the ledger. `given` is the id that the server chose, if any. */
  change?: (ledger: Ledger, given: string, at: number) => void;
}

/** One request, and the result that the reference expects for a token. */
export interface Way {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Only some elements of each resource are asked for. */
  partial?: boolean;
  expect: (ledger: Ledger, token: Token) => Expected;
}

export const refused = (status: number): Expected => ({ status });
