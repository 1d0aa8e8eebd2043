import type { ComponentProps } from 'react';
import { classNames } from '../class-names.ts';
import { Field, type FieldText, useFieldIds } from './field.tsx';

type TextFieldProps = Omit<ComponentProps<'input'>, 'className'> &
  FieldText & { className?: string; mono?: boolean | undefined };

/** One line of text; takes any native input attribute, so the props of a form library can be spread on it. */
export function TextField({ label, hint, errors, className, mono, id, ...input }: TextFieldProps) {
  const ids = useFieldIds(id, { hint, errors });
  return (
    <Field id={ids.id} label={label} hint={hint} errors={errors} required={input.required} className={className ?? ''}>
      <input type="text" {...input} {...ids} className={classNames('control', mono && 'font-mono')} />
    </Field>
  );
}
