import { classNames } from './class-names.ts';

/** A grey bar where text will be. */
function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classNames('block h-4 animate-pulse rounded-xs bg-hover', className)} />;
}

const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3'];

/** The outline of a list that is loading; `label` is announced. */
export function SkeletonRows({ rows, label }: { rows: number; label: string }) {
  return (
    <div role="status" className="divide-y divide-line">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key, row) => (
        <div key={key} className="flex items-center gap-6 px-4 py-3">
          <Skeleton className={widths[row % widths.length] ?? ''} />
          <Skeleton className="w-24" />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </div>
  );
}
