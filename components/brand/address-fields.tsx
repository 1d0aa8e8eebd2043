import { textProps } from '#components/ui/form/form-field.ts';
import { TextAreaField } from '#components/ui/form/text-area-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { TypedAddress } from '#lib/smart/brand/form.ts';
import type { BrandField } from './brand-fields.ts';

/** The fields of one address of the organisation. */
export function AddressFields({ group }: { group: BrandField<TypedAddress> }) {
  const { line, city, state, postalCode, country } = group.getFieldset();
  return (
    <div className="grid gap-4 sm:grid-cols-6">
      <TextAreaField {...textProps(line)} key={line.key} label="Street" rows={2} className="sm:col-span-6" />
      <TextField {...textProps(postalCode)} key={postalCode.key} label="Postal code" className="sm:col-span-2" />
      <TextField {...textProps(city)} key={city.key} label="City" className="sm:col-span-4" />
      <TextField {...textProps(state)} key={state.key} label="State" className="sm:col-span-3" />
      <TextField {...textProps(country)} key={country.key} label="Country" className="sm:col-span-3" />
    </div>
  );
}
