import type { ComponentProps } from 'react';
import { classNames } from '../class-names.ts';
import { type CheckboxField, ToggleRow } from './checkbox-field.tsx';

const look = classNames(
  'relative mt-0.5 h-5 w-9 shrink-0 appearance-none rounded-full border border-line-strong bg-sunken transition-colors',
  'before:absolute before:top-0.5 before:left-0.5 before:size-3.5 before:rounded-full before:bg-line-strong',
  'before:transition-transform checked:border-accent checked:bg-accent',
  'checked:before:translate-x-4 checked:before:bg-on-accent',
);

/** A native checkbox that is drawn and announced as a switch. */
export function SwitchField({ label, hint, errors, className, ...control }: ComponentProps<typeof CheckboxField>) {
  return (
    <ToggleRow
      control={{ ...control, role: 'switch' }}
      look={look}
      label={label}
      hint={hint}
      errors={errors}
      className={className}
    />
  );
}
