import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Field, type FieldText, useFieldIds } from './field.tsx';

export interface Option {
  value: string;
  label: string;
  hint?: string | undefined;
  disabled?: boolean | undefined;
}

type SelectFieldProps = Omit<ComponentProps<'select'>, 'className' | 'children'> &
  FieldText & { className?: string; options: readonly Option[] };

/** One of a few options, as a native select: it works without JavaScript and on every phone. */
export function SelectField({ label, hint, errors, className, options, id, ...select }: SelectFieldProps) {
  const ids = useFieldIds(id, { hint, errors });
  return (
    <Field id={ids.id} label={label} hint={hint} errors={errors} required={select.required} className={className ?? ''}>
      <div className="relative">
        <select {...select} {...ids} className="control appearance-none pr-8">
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
        />
      </div>
    </Field>
  );
}
