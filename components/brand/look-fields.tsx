import { textProps } from '#components/ui/form/form-field.ts';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { BrandFields } from './brand-fields.ts';

/** The fields for the logo and colour of a sandbox. */
export function LookFields({ fields }: { fields: BrandFields }) {
  const { logoUri, logoLicense, color } = fields;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        {...textProps(logoUri)}
        key={logoUri.key}
        label="Logo"
        autoComplete="off"
        hint="The https address of a square image, best an SVG, or a path on this server"
        className="sm:col-span-2"
      />
      <TextField
        {...textProps(color)}
        key={color.key}
        label="Colour"
        mono
        autoComplete="off"
        placeholder="#0b5f7c"
        hint="Six hexadecimal digits after #. Apps get it with the SMART style."
      />
      <TextField
        {...textProps(logoLicense)}
        key={logoLicense.key}
        label="Conditions for using the logo"
        autoComplete="off"
        hint="The address of a page"
      />
    </div>
  );
}
