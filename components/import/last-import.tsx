import { Callout } from '#components/ui/callout.tsx';
import type { ImportProblem } from './import-requests.ts';
import { readableBytes } from './import-state.ts';

/** An import as the database has it. */
export interface EarlierImport {
  startedBy: string;
  /** When, in words. */
  startedAt: string;
  state: 'running' | 'paused' | 'cancelled' | 'done';
  files: number;
  filesDone: number;
  skipped: number;
  bytes: number;
  bytesDone: number;
  resources: number;
  problems: ImportProblem[];
}

/** The import that was started last, for users who return to the page; an unfinished one can be continued. */
export function LastImport({ earlier }: { earlier: EarlierImport | undefined }) {
  if (!earlier) return null;
  const { state, files, filesDone, bytes, bytesDone, resources, startedBy, startedAt } = earlier;
  const numbers = `${filesDone} of ${files} files (${readableBytes(bytesDone)} of ${readableBytes(bytes)}), ${resources.toLocaleString('en-US')} resources`;
  const who = `Started by ${startedBy}, ${startedAt}.`;
  if (state === 'done') return <Callout title="The last import is done">{`${numbers}. ${who}`}</Callout>;
  return (
    <Callout tone="warning" title="The last import is not finished">
      {`${numbers}. ${who} Choose the same files again, and it goes on where it is.`}
    </Callout>
  );
}
