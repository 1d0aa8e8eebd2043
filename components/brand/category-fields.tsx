import { FieldErrors } from '#components/ui/form/field.tsx';
import { brandCategories } from '#lib/smart/brand/brand.ts';
import type { TypedBrand } from '#lib/smart/brand/form.ts';
import type { BrandField } from './brand-fields.ts';

/** Checkboxes for the categories of the organisation. */
export function CategoryFields({ field }: { field: BrandField<TypedBrand['categories']> }) {
  const ticked = [field.initialValue].flat();
  const issues = [...(field.errors ?? []), ...field.getFieldList().flatMap(({ errors }) => errors ?? [])];
  return (
    <fieldset id={field.id} className="sm:col-span-2">
      <legend className="mb-1 text-sm font-medium">Categories</legend>
      <div className="grid gap-x-6 sm:grid-cols-3">
        {Object.entries(brandCategories).map(([code, label]) => (
          <label key={code} className="flex min-h-7 items-center gap-2 pointer-coarse:min-h-10">
            <input
              key={field.key}
              type="checkbox"
              name={field.name}
              value={code}
              defaultChecked={ticked.includes(code)}
              className="size-4 shrink-0 accent-accent pointer-coarse:size-5"
            />
            {label}
          </label>
        ))}
      </div>
      <FieldErrors id={field.id} errors={issues} />
    </fieldset>
  );
}
