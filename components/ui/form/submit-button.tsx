'use client';

import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from '../button.tsx';

type SubmitButtonProps = ComponentProps<typeof Button> & {
  /** The label while the form's server action runs, e.g. "Saving…". */
  pendingLabel?: string | undefined;
};

/** A button that submits its form and shows that this is in progress; meanwhile a second press does nothing. */
export function SubmitButton({ pendingLabel, children, icon, onClick, ...rest }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <Button
      {...rest}
      type="submit"
      aria-disabled={pending || undefined}
      icon={pending ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
    >
      {pending ? (pendingLabel ?? children) : children}
    </Button>
  );
}
