import type { EncounterChoice } from '#components/record/encounter-choice.ts';

interface EncounterRowProps {
  /** Name of the radio group. */
  group: string;
  /** Absent for "No encounter". */
  choice?: EncounterChoice | undefined;
  /** Whether it is chosen initially. */
  chosen: boolean;
  onChoose: (id: string | undefined) => void;
}

/** One encounter to choose: date, kind and reason. */
export function EncounterRow({ group, choice, chosen, onChoose }: EncounterRowProps) {
  return (
    <label className="flex min-h-9 cursor-pointer items-center gap-3 px-3 py-1.5 hover:bg-hover has-checked:bg-accent-soft pointer-coarse:min-h-11">
      <input
        type="radio"
        name={group}
        defaultChecked={chosen}
        onChange={() => onChoose(choice?.id)}
        className="size-4 shrink-0 accent-accent"
      />
      {choice ? (
        <span className="flex min-w-0 flex-1 flex-wrap gap-x-3">
          <span className="w-36 tabular-nums">{choice.date || 'Undated'}</span>
          <span className="w-24 text-muted">{choice.kind}</span>
          <span className="min-w-0 flex-1 basis-32 font-medium break-words">{choice.reason}</span>
        </span>
      ) : (
        <span>No encounter</span>
      )}
    </label>
  );
}
