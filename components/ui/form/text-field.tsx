import type { ComponentProps } from 'react';
import { classNames } from '../class-names.ts';
import { Field, type FieldText, useFieldIds } from './field.tsx';

type TextFieldProps = Omit<ComponentProps<'input'>, 'className'> &
  FieldText & { className?: string; mono?: boolean | undefined };

/**
 * A text input with its label, hint and errors. It takes any native attribute, so a form library's props can be spread
 * on it.
 */
export function TextField({ label, hint, errors, className, mono, id, ...input }: TextFieldProps) {
  const ids = useFieldIds(id, { hint, errors });
  return (
    <Field id={ids.id} label={label} hint={hint} errors={errors} required={input.required} className={className ?? ''}>
      <input type="text" {...input} {...ids} className={classNames('control', mono && 'font-mono')} />
    </Field>
  );
}
