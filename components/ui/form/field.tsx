import { CircleAlert } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { classNames } from '../class-names.ts';

/** The texts of a field, besides the props of its native control. */
export interface FieldText {
  label: ReactNode;
  /** One line of help, read out with the field. */
  hint?: ReactNode;
  /** Sentences about what is wrong with the value, shown beside the field in this order. */
  errors?: readonly string[] | undefined;
}

/** Ids and ARIA attributes that tie a control to its hint and errors. */
export function useFieldIds(given: string | undefined, { hint, errors }: Pick<FieldText, 'hint' | 'errors'>) {
  const generated = useId();
  const id = given ?? generated;
  const invalid = errors !== undefined && errors.length > 0;
  const described = [invalid && `${id}-error`, hint !== undefined && `${id}-description`].filter(Boolean).join(' ');
  return { id, 'aria-invalid': invalid || undefined, 'aria-describedby': described || undefined };
}

export function FieldHint({ id, hint }: { id: string; hint: ReactNode }) {
  if (hint === undefined) return null;
  return (
    <p id={`${id}-description`} className="text-sm text-muted">
      {hint}
    </p>
  );
}

export function FieldErrors({ id, errors }: { id: string; errors: readonly string[] | undefined }) {
  if (!errors || errors.length === 0) return null;
  return (
    <div id={`${id}-error`} className="flex gap-1.5 text-sm font-medium text-danger-text">
      <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <div>
        {errors.map((error) => (
          <p key={error}>{error}</p>
        ))}
      </div>
    </div>
  );
}

/** Marks a field that must be filled; the control's own `required` tells assistive technology. */
export function RequiredMark() {
  return (
    <span aria-hidden className="ml-0.5 text-danger-text">
      *
    </span>
  );
}

type FieldProps = FieldText & { id: string; required?: boolean | undefined; className?: string; children: ReactNode };

/** Label above, control, hint and errors below. */
export function Field({ id, label, hint, errors, required, className, children }: FieldProps) {
  return (
    <div className={classNames('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-sm font-medium text-ink">
        {label}
        {required ? <RequiredMark /> : null}
      </label>
      {children}
      <FieldErrors id={id} errors={errors} />
      <FieldHint id={id} hint={hint} />
    </div>
  );
}
