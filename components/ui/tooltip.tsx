'use client';

import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';

interface TooltipProps {
  /** Repeats or adds to what is visible; nothing a touch user would miss. */
  text: string;
  className?: string | undefined;
  children: ReactNode;
}

/** A short explanation on hover and focus. */
export function Tooltip({ text, className, children }: TooltipProps) {
  return (
    <Base.Provider>
      <Base.Root>
        <Base.Trigger className={className}>{children}</Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={6} className="z-50">
            <Base.Popup className="max-w-72 rounded-sm bg-ink px-2 py-1 text-sm text-canvas shadow-popup">
              {text}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Base.Provider>
  );
}
