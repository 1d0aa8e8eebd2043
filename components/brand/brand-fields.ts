import type { FieldMetadata, SubmissionResult } from '@conform-to/react';
import type { TypedBrand } from '#lib/smart/brand/form.ts';

/** The state of the brand form: the issues of the last submission, or that it was saved. */
export interface BrandState {
  result?: SubmissionResult<string[]> | undefined;
  saved?: boolean | undefined;
}

/** A field of the brand form. */
export type BrandField<Value> = FieldMetadata<Value, TypedBrand, string[]>;

export type BrandFields = { [Name in keyof Required<TypedBrand>]: BrandField<TypedBrand[Name]> };

/** The current text of a field, while it is typed. */
export function typedText(field: { value?: unknown }): string | undefined {
  return typeof field.value === 'string' && field.value.trim() !== '' ? field.value.trim() : undefined;
}
