import { textProps } from '#components/ui/form/form-field.ts';
import { TextAreaField } from '#components/ui/form/text-area-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { TypedPortal } from '#lib/smart/brand/form.ts';
import type { BrandField } from './brand-fields.ts';

/** The fields of one portal in which people see their records. */
export function PortalFields({ group }: { group: BrandField<TypedPortal> }) {
  const { name, description, url, logoUri, logoLicense } = group.getFieldset();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField {...textProps(name)} key={name.key} label="Name" autoComplete="off" />
      <TextField {...textProps(url)} key={url.key} label="Address" autoComplete="off" hint="Where people sign in" />
      <TextAreaField
        {...textProps(description)}
        key={description.key}
        label="Description"
        rows={2}
        className="sm:col-span-2"
        hint="Who it is for, in words that they understand"
      />
      <TextField {...textProps(logoUri)} key={logoUri.key} label="Logo" autoComplete="off" />
      <TextField
        {...textProps(logoLicense)}
        key={logoLicense.key}
        label="Conditions for using the logo"
        autoComplete="off"
      />
    </div>
  );
}
