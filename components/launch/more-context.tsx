'use client';

import { ChevronRight } from 'lucide-react';
import { toTypedContext } from '#lib/smart/launch/context-form.ts';
import { ContextFields } from './context-fields.tsx';
import type { useTypedContext } from './use-typed-context.ts';

interface MoreContextProps {
  /** What every launch of the app says; the fields begin with it. */
  defaults: Readonly<Record<string, unknown>>;
  context: ReturnType<typeof useTypedContext>;
}

/** The fields of a launch context behind a line that unfolds them: most launches need none of them. */
export function MoreContext({ defaults, context: { shown, begun, unfold, faults } }: MoreContextProps) {
  const count = Object.keys(defaults).length;
  return (
    <details
      className="group rounded-sm border border-line"
      open={shown}
      onToggle={({ currentTarget }) => unfold(currentTarget.open)}
    >
      <summary className="flex min-h-9 cursor-pointer items-center gap-2 px-3 py-1.5 font-medium hover:bg-hover pointer-coarse:min-h-11">
        <ChevronRight aria-hidden className="size-4 text-muted transition-transform group-open:rotate-90" />
        More context
        {count > 0 ? (
          <span className="text-sm font-normal text-muted">
            {count === 1 ? 'one default of the app' : `${count} defaults of the app`}
          </span>
        ) : null}
      </summary>
      {begun ? (
        <div className="border-t border-line p-3">
          <input type="hidden" name="context" value="typed" />
          <ContextFields initial={toTypedContext(defaults)} faults={faults} />
        </div>
      ) : null}
    </details>
  );
}
