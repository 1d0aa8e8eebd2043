import type { ComponentProps } from 'react';
import { Field, type FieldText, useFieldIds } from './field.tsx';

type SelectFieldProps = Omit<ComponentProps<'select'>, 'className' | 'children'> &
  FieldText & {
    /** The choice of none of the options; its value is ''. */
    none: string;
    options: readonly { value: string; label: string }[];
  };

/** One of several choices, in the browser's own list. */
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
