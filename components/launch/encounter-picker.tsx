'use client';

import { useEffect, useId, useState } from 'react';
import type { EncounterChoice } from '#components/record/encounter-choice.ts';
import { Callout } from '#components/ui/callout.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { EncounterRow } from './encounter-row.tsx';
import { fetchEncounters } from './find-choices.ts';

interface EncounterPickerProps {
  sandbox: string;
  patientId: string;
  /** Whether the app cannot be launched without an encounter. */
  required: boolean;
  /** Id of the encounter that is chosen initially. */
  initial?: string | undefined;
  onChoose: (id: string | undefined) => void;
}

type Loaded = { choices: EncounterChoice[] } | { failed: true } | undefined;

/** The chosen patient's encounters as readable rows; "No encounter" comes first where that is allowed. */
export function EncounterPicker({ sandbox, patientId, required, initial, onChoose }: EncounterPickerProps) {
  const [loaded, setLoaded] = useState<Loaded>();
  const group = useId();
  useEffect(() => {
    const controller = new AbortController();
    fetchEncounters(sandbox, patientId, controller.signal)
      .then((choices) => setLoaded({ choices }))
      .catch(() => controller.signal.aborted || setLoaded({ failed: true }));
    return () => controller.abort();
  }, [sandbox, patientId]);

  if (!loaded) return <SkeletonRows rows={3} label="Loading encounters" />;
  if ('failed' in loaded) {
    return <Callout tone="danger" role="alert" title="The encounters could not be loaded. Choose the patient again." />;
  }
  if (required && loaded.choices.length === 0) {
    return <Callout tone="warning" role="status" title="This patient has no encounters. Choose another patient." />;
  }
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-sm font-medium">Encounter</legend>
      <div className="max-h-64 divide-y divide-line overflow-y-auto rounded-sm border border-line">
        {required ? null : <EncounterRow group={group} chosen={!initial} onChoose={onChoose} />}
        {loaded.choices.map((choice) => (
          <EncounterRow
            key={choice.id}
            group={group}
            choice={choice}
            onChoose={onChoose}
            chosen={choice.id === initial}
          />
        ))}
      </div>
    </fieldset>
  );
}
