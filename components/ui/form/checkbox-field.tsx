import type { ComponentProps } from 'react';
import { classNames } from '../class-names.ts';
import { FieldErrors, FieldHint, type FieldText, useFieldIds } from './field.tsx';

type CheckboxFieldProps = Omit<ComponentProps<'input'>, 'className' | 'type'> & FieldText & { className?: string };

interface ToggleRowProps extends FieldText {
  control: Omit<ComponentProps<'input'>, 'className'>;
  look: string;
  className?: string | undefined;
}

/** A native checkbox with its text to the right, shared by the checkbox and the switch. */
export function ToggleRow({ control, look, label, hint, errors, className }: ToggleRowProps) {
  const ids = useFieldIds(control.id, { hint, errors });
  return (
    <div className={classNames('flex flex-col gap-1', className)}>
      <div className="flex min-h-6 items-start gap-2.5 pointer-coarse:min-h-10 pointer-coarse:items-center">
        <input {...control} {...ids} type="checkbox" className={look} />
        <div className="flex flex-col">
          <label htmlFor={ids.id} className="py-0.5 font-medium">
            {label}
          </label>
          <FieldHint id={ids.id} hint={hint} />
        </div>
      </div>
      <FieldErrors id={ids.id} errors={errors} />
    </div>
  );
}

/** A checkbox with its label, hint and errors. */
export function CheckboxField({ label, hint, errors, className, ...control }: CheckboxFieldProps) {
  const look = 'mt-1 size-4 shrink-0 accent-accent pointer-coarse:size-5';
  return <ToggleRow control={control} look={look} label={label} hint={hint} errors={errors} className={className} />;
}
