import type { FormMetadata } from '@conform-to/react';
import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { TypedBrand } from '#lib/smart/brand/form.ts';
import type { BrandField } from './brand-fields.ts';

interface FieldGroupsProps<Group> {
  form: FormMetadata<TypedBrand, string[]>;
  field: BrandField<Group[] | undefined>;
  /** The name of one group, such as "Address". */
  noun: string;
  empty: string;
  children: (group: BrandField<Group>) => ReactNode;
}

/** A list of groups of fields, to which groups can be added and removed, without JavaScript too. */
export function FieldGroups<Group>({ form, field, noun, empty, children }: FieldGroupsProps<Group>) {
  const groups = field.getFieldList() as BrandField<Group>[];
  return (
    <div className="flex flex-col gap-4">
      {groups.length === 0 ? <p className="text-muted">{empty}</p> : null}
      {groups.map((group, index) => (
        <fieldset key={group.key} className="flex flex-col gap-3 border-l-2 border-line pl-4">
          <legend className="sr-only">{`${noun} ${index + 1}`}</legend>
          <div className="flex items-center justify-between gap-2">
            <p aria-hidden className="text-sm font-semibold">{`${noun} ${index + 1}`}</p>
            <Button
              {...form.remove.getButtonProps({ name: field.name, index })}
              type="submit"
              variant="quiet"
              size="small"
              icon={<Trash2 aria-hidden />}
              aria-label={`Remove ${noun.toLowerCase()} ${index + 1}`}
            >
              Remove
            </Button>
          </div>
          {children(group)}
        </fieldset>
      ))}
      <Button
        {...form.insert.getButtonProps({ name: field.name })}
        type="submit"
        variant="secondary"
        size="small"
        className="self-start"
        icon={<Plus aria-hidden />}
      >
        {`Add ${/^[AEIOU]/.test(noun) ? 'an' : 'a'} ${noun.toLowerCase()}`}
      </Button>
    </div>
  );
}
