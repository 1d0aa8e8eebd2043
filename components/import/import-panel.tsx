'use client';

import { Pause, Play, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { FileChoice } from './file-choice.tsx';
import type { ChosenFile } from './file-parts.ts';
import { ImportOutcome } from './import-outcome.tsx';
import { ImportProgress } from './import-progress.tsx';
import { type EarlierImport, LastImport } from './last-import.tsx';
import { ProblemTable } from './problem-table.tsx';
import { useImport } from './use-import.ts';

interface ImportPanelProps {
  /** Address of the import page, without a trailing slash. */
  base: string;
  /** The import that was started last, as the database has it. */
  earlier: EarlierImport | undefined;
}

/** The controls that import data files into the sandbox, with one request for each part of a file. */
export function ImportPanel({ base, earlier }: ImportPanelProps) {
  const { state, start, pause, resume, cancel } = useImport(base);
  const [nothing, setNothing] = useState(false);
  const choose = (files: ChosenFile[]) => {
    setNothing(files.length === 0);
    if (files.length > 0) void start(files);
  };
  const { phase } = state;
  const { refresh } = useRouter();
  // The counts on the rest of the page have changed.
  useEffect(() => {
    if (phase === 'done' || phase === 'cancelled') refresh();
  }, [phase, refresh]);
  const busy = phase === 'running' || phase === 'paused';
  return (
    <>
      <Panel
        id="import"
        title="Import"
        actions={busy ? <Controls phase={phase} pause={pause} resume={resume} cancel={cancel} /> : null}
      >
        <div className="flex flex-col gap-4">
          {busy ? null : <FileChoice onChoose={choose} />}
          {nothing ? (
            <Callout tone="warning" role="alert" title="No data files">
              None of what you chose ends in .json, .ndjson or .jsonl.
            </Callout>
          ) : null}
          {phase === 'idle' ? <LastImport earlier={earlier} /> : <ImportProgress state={state} />}
          <ImportOutcome state={state} />
        </div>
      </Panel>
      <ProblemTable problems={phase === 'idle' ? (earlier?.problems ?? []) : state.problems} />
    </>
  );
}

interface ControlsProps {
  phase: 'running' | 'paused';
  pause: () => void;
  resume: () => void;
  cancel: () => void;
}

function Controls({ phase, pause, resume, cancel }: ControlsProps) {
  const running = phase === 'running';
  return (
    <>
      <Button
        variant="secondary"
        size="small"
        icon={running ? <Pause aria-hidden /> : <Play aria-hidden />}
        onClick={running ? pause : resume}
      >
        {running ? 'Pause' : 'Resume'}
      </Button>
      <Button variant="quiet" size="small" icon={<X aria-hidden />} onClick={cancel}>
        Cancel
      </Button>
    </>
  );
}
