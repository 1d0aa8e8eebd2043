import { textProps } from '#components/ui/form/form-field.ts';
import { TextAreaField } from '#components/ui/form/text-area-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { BrandFields } from './brand-fields.ts';
import { CategoryFields } from './category-fields.tsx';

/** The fields for the organisation, and for the larger one it belongs to. */
export function OrganizationFields({ fields }: { fields: BrandFields }) {
  const { website, aliases, identifiers, categories } = fields;
  const partOf = fields.partOf.getFieldset();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        {...textProps(website)}
        key={website.key}
        label="Public website"
        autoComplete="off"
        hint="Not that of the portal"
        className="sm:col-span-2"
      />
      <TextAreaField
        {...textProps(aliases)}
        key={aliases.key}
        label="Other names"
        rows={2}
        hint="One a line: short and former names that people may search for"
      />
      <TextAreaField
        {...textProps(identifiers)}
        key={identifiers.key}
        label="Identifiers"
        mono
        rows={2}
        hint="One a line, as system|value, such as http://hl7.org/fhir/sid/us-npi|1234567893"
      />
      <CategoryFields field={categories} />
      <TextField
        {...textProps(partOf.name)}
        key={partOf.name.key}
        label="Part of"
        autoComplete="off"
        hint="The name of the larger organisation, if there is one"
      />
      <TextField
        {...textProps(partOf.website)}
        key={partOf.website.key}
        label="Its website"
        autoComplete="off"
        hint="The public website of the larger organisation"
      />
    </div>
  );
}
