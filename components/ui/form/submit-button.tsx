'use client';

import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useFormStatus } from 'react-dom';
import { Button } from '../button.tsx';

type SubmitButtonProps = ComponentProps<typeof Button> & {
  /** What to say while the form's server action runs, e.g. "Saving…". */
  pendingLabel?: string | undefined;
};

/** Submits its form and shows that it does; a second press meanwhile does nothing. */
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
