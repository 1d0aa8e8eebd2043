'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { classNames } from '../class-names.ts';
import { ignoreHastyAnswers } from './ignore-hasty-answers.ts';

/**
 * Surrounds buttons of which one click decides something. In the half second after they appear, or their window comes
 * to the front, nothing is submitted: a click that was meant for what stood there before decides nothing.
 */
export function Deliberate({ className, children }: { className?: string | undefined; children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => (element.current ? ignoreHastyAnswers(element.current, window) : undefined), []);
  return (
    <div ref={element} className={classNames('deliberate', className)}>
      {children}
    </div>
  );
}
