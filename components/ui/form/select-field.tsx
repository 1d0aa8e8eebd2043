import type { ComponentProps } from 'react';
import { Field, type FieldText, useFieldIds } from './field.tsx';

type SelectFieldProps = Omit<ComponentProps<'select'>, 'className' | 'children'> &
  FieldText & {
    /** The label for choosing none of the options, which has the value ''. */
    none: string;
    options: readonly { value: string; label: string }[];
  };

/** A native select with its label, hint and errors. */
export function SelectField({ label, hint, errors, none, options, id, ...select }: SelectFieldProps) {
  const ids = useFieldIds(id, { hint, errors });
  return (
    <Field id={ids.id} label={label} hint={hint} errors={errors} required={select.required}>
      <select {...select} {...ids} className="control">
        <option value="">{none}</option>
        {options.map(({ value, label: name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}
