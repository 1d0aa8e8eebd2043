import type { Ledger, Version } from './ledger.ts';
import type { Token } from './token.ts';

/** What a request comes to, as the reference has it. */
export interface Expected {
  status: number;
  /** The version that is the answer. */
  version?: Version;
  /** The resources of a Bundle, those of all pages together. */
  matches?: Version[];
  /** What a page of these matches brings along. */
  includes?: (page: Version[]) => Version[];
  /** What the Bundle says of their number; null: nothing. */
  total?: number | null;
  /** What the order of the matches compares; each must be no smaller than the one before. */
  order?: (version: Version) => (string | number)[];
  /** Whether an order of `order` goes downwards, by its position. */
  descending?: boolean[];
  /** The content is not shown: whoever wrote it may not read it. */
  hidden?: boolean;
  /** The `Type/id` that is written, once it is known. */
  touches?: string;
  /** What becomes of the ledger. `given` is the id that the server chose, if it did. */
  change?: (ledger: Ledger, given: string, at: number) => void;
}

/** One request, and what the reference makes of it for a token. */
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
