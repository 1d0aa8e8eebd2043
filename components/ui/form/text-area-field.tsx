import type { ComponentProps } from 'react';
import { classNames } from '../class-names.ts';
import { Field, type FieldText, useFieldIds } from './field.tsx';

type TextAreaFieldProps = Omit<ComponentProps<'textarea'>, 'className'> &
  FieldText & { className?: string; mono?: boolean | undefined };

/** A text area with its label, hint and errors; `mono` is for JSON, keys and lists of one value per line. */
export function TextAreaField({ label, hint, errors, className, mono, id, ...area }: TextAreaFieldProps) {
  const ids = useFieldIds(id, { hint, errors });
  return (
    <Field id={ids.id} label={label} hint={hint} errors={errors} required={area.required} className={className ?? ''}>
      <textarea
        rows={3}
        spellCheck={!mono}
        {...area}
        {...ids}
        className={classNames('control resize-y', mono && 'font-mono text-sm')}
      />
    </Field>
  );
}
