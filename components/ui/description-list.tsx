import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export interface Description {
  term: string;
  description: ReactNode;
}

/** Names and values, side by side where there is room. */
export function DescriptionList({ items, className }: { items: readonly Description[]; className?: string }) {
  return (
    <dl
      className={classNames(
        'grid gap-x-6 gap-y-2 sm:items-baseline sm:grid-cols-[minmax(8rem,max-content)_1fr]',
        className,
      )}
    >
      {items.map(({ term, description }) => (
        <div key={term} className="contents">
          <dt className="text-muted max-sm:-mb-1.5 max-sm:text-sm">{term}</dt>
          <dd className="min-w-0 break-words">{description}</dd>
        </div>
      ))}
    </dl>
  );
}
