import { ProgressBar } from '#components/ui/progress-bar.tsx';
import { type ImportState, paceOf, readableBytes } from './import-state.ts';

/** The progress of an import, as a bar and in numbers. */
export function ImportProgress({ state }: { state: ImportState }) {
  const share = state.bytes > 0 ? state.bytesDone / state.bytes : 0;
  const text = `${Math.floor(share * 100)} %, ${state.filesDone} of ${state.files} files`;
  const pace = paceOf(state);
  return (
    <div className="flex flex-col gap-3">
      <ProgressBar label="Import" share={share} text={text} />
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 tabular-nums sm:grid-cols-4">
        <Figure name="Files">{`${count(state.filesDone)} of ${count(state.files)}`}</Figure>
        <Figure name="Data">{`${readableBytes(state.bytesDone)} of ${readableBytes(state.bytes)}`}</Figure>
        <Figure name="Resources">{count(state.resources)}</Figure>
        <Figure name="Passed over">{count(state.skipped)}</Figure>
        {pace ? <Figure name="Speed">{`${count(pace.rate)} resources/s`}</Figure> : null}
        {pace && state.phase === 'running' ? <Figure name="Time left">{readableTime(pace.left)}</Figure> : null}
      </dl>
    </div>
  );
}

function Figure({ name, children }: { name: string; children: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  );
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function readableTime(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
