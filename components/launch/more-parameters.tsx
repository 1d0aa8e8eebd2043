'use client';

import { ChevronRight } from 'lucide-react';
import { toTypedParameters } from '#lib/smart/launch/parameters-form.ts';
import { ParameterFields } from './parameter-fields.tsx';
import type { useTypedParameters } from './use-typed-parameters.ts';

interface MoreParametersProps {
  /** The app's launch defaults, with which the fields begin. */
  defaults: Readonly<Record<string, unknown>>;
  typed: ReturnType<typeof useTypedParameters>;
}

/** The fields for further launch parameters, folded because most launches need none of them. */
export function MoreParameters({ defaults, typed: { shown, begun, unfold, issues } }: MoreParametersProps) {
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
          <input type="hidden" name="parameters" value="typed" />
          <ParameterFields initial={toTypedParameters(defaults)} issues={issues} />
        </div>
      ) : null}
    </details>
  );
}
