'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { classNames } from '../class-names.ts';

/** What stands where a form was once it has succeeded. It takes the focus, which went with the form. */
export function FormOutcome({ className, children }: { className?: string; children: ReactNode }) {
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => outcome.current?.focus(), []);
  return (
    <div ref={outcome} tabIndex={-1} className={classNames('outline-none', className)}>
      {children}
    </div>
  );
}
