import { RefreshWhile } from './refresh-while.tsx';

interface FillingProgressProps {
  sandbox: string;
  filling: { empties: boolean; position: number; total: number; failure: string | null; isWaiting: boolean };
}

/** The progress of filling a sandbox with its data. */
export function FillingProgress({ sandbox, filling }: FillingProgressProps) {
  const { empties, position, total, failure, isWaiting } = filling;
  if (failure) {
    return <p className="text-sm font-medium break-words text-danger-text">Its data could not be laid in. {failure}</p>;
  }
  const percent = Math.min(100, Math.floor((position / Math.max(total, 1)) * 100));
  const step = empties ? 'Taking the old data out' : `Laying in data: ${percent} %`;
  return (
    <div className="flex items-center gap-2 text-sm text-muted">
      <progress aria-label={`Data of ${sandbox}`} max={100} value={percent} className="h-1.5 w-32 accent-accent" />
      <span>{isWaiting ? `${step}. Waiting for the database; it goes on by itself.` : step}</span>
      <RefreshWhile />
    </div>
  );
}
