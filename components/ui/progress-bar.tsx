interface ProgressBarProps {
  /** Names the task, for assistive technology. */
  label: string;
  /** Between 0 and 1. */
  share: number;
  /** The share in words. */
  text: string;
}

/** The progress of a long task, as a bar and in words. */
export function ProgressBar({ label, share, text }: ProgressBarProps) {
  const percent = Math.floor(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      className="h-2.5 overflow-hidden rounded-full border border-line bg-sunken"
    >
      <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
    </div>
  );
}
