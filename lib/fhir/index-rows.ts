import type { TypedValue } from '@medplum/core';
import type { DateRange } from './date-range.ts';
import { datesOf } from './index-date.ts';
import { type IndexedQuantity, quantitiesOf } from './index-quantity.ts';
import { type IndexedReference, referencesOf } from './index-reference.ts';
import { type IndexedString, stringsOf } from './index-string.ts';
import { type IndexedToken, tokensOf } from './index-token.ts';
import type { SearchParameter } from './search-parameter.ts';

/** One value by which a resource can be found, in the form of the index it belongs to. */
export type IndexRow = { parameter: string } & (
  | ({ index: 'token' } & IndexedToken)
  | ({ index: 'string' } & IndexedString)
  | ({ index: 'date' } & DateRange)
  | ({ index: 'quantity' } & IndexedQuantity)
  | ({ index: 'reference' } & IndexedReference)
);

/** The rows for one value found at a search parameter's path; none for a data type the parameter cannot compare. */
export function indexRows({ code: parameter, kind }: SearchParameter, value: TypedValue): IndexRow[] {
  switch (kind) {
    case 'token':
    case 'uri':
      return tokensOf(value).map((token) => ({ parameter, index: 'token', ...token }));
    case 'string':
      return stringsOf(value).map((string) => ({ parameter, index: 'string', ...string }));
    case 'date':
      return datesOf(value).map((range) => ({ parameter, index: 'date', ...range }));
    case 'number':
    case 'quantity':
      return quantitiesOf(value).map((quantity) => ({ parameter, index: 'quantity', ...quantity }));
    case 'reference':
      return referencesOf(value).map((reference) => ({ parameter, index: 'reference', ...reference }));
  }
}
