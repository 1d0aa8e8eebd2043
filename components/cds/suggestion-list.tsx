'use client';

import { Check } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { ShownCard } from './hook-lines.ts';

interface SuggestionListProps {
  card: ShownCard;
  onAccept: (suggestions: number[]) => Promise<void>;
}

/** The suggestions of a card: buttons, or checkboxes when the service allows several. */
export function SuggestionList({ card: { suggestions, several }, onAccept }: SuggestionListProps) {
  const [busy, setBusy] = useState(false);
  const accept = async (chosen: number[]) => {
    setBusy(true);
    await onAccept(chosen);
    setBusy(false);
  };
  if (several) return <SeveralSuggestions suggestions={suggestions} busy={busy} onAccept={accept} />;
  return suggestions.map(({ label, recommended, actions }, index) => (
    <Button
      key={label}
      size="small"
      variant={recommended || suggestions.length === 1 ? 'primary' : 'secondary'}
      disabled={busy}
      title={actions.join('; ') || undefined}
      onClick={() => accept([index])}
      icon={<Check aria-hidden />}
    >
      {label}
    </Button>
  ));
}

interface SeveralProps {
  suggestions: ShownCard['suggestions'];
  busy: boolean;
  onAccept: (suggestions: number[]) => void;
}

function SeveralSuggestions({ suggestions, busy, onAccept }: SeveralProps) {
  const recommended = suggestions.flatMap((suggestion, index) => (suggestion.recommended ? [index] : []));
  const [chosen, setChosen] = useState<readonly number[]>(recommended);
  const toggle = (index: number, on: boolean) =>
    setChosen((before) => (on ? [...before, index] : before.filter((one) => one !== index)));
  return (
    <fieldset className="flex w-full flex-col gap-1">
      <legend className="sr-only">Suggestions</legend>
      {suggestions.map(({ label }, index) => (
        <label key={label} className="flex min-h-6 items-start gap-2 pointer-coarse:min-h-10">
          <input
            type="checkbox"
            className="mt-1 size-4 shrink-0 accent-accent"
            checked={chosen.includes(index)}
            onChange={(event) => toggle(index, event.target.checked)}
          />
          {label}
        </label>
      ))}
      <div>
        <Button
          size="small"
          disabled={busy || chosen.length === 0}
          onClick={() => onAccept([...chosen].sort((a, b) => a - b))}
          icon={<Check aria-hidden />}
        >
          Apply what is chosen
        </Button>
      </div>
    </fieldset>
  );
}
