'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { ShownCard } from './hook-lines.ts';

interface DismissCardProps {
  card: ShownCard;
  onDismiss: (reason: { reason?: number; comment?: string }) => Promise<void>;
}

/** Dismisses a card, after asking for a reason if the service offers reasons. */
export function DismissCard({ card, onDismiss }: DismissCardProps) {
  const [asking, setAsking] = useState(false);
  const name = `Dismiss: ${card.summary}`;
  if (asking) return <ReasonForm card={card} onDismiss={onDismiss} onCancel={() => setAsking(false)} />;
  return (
    <Button
      variant="quiet"
      size="small"
      aria-label={name}
      className={card.suggestions.length === 0 ? '-ml-2.5' : undefined}
      icon={<X aria-hidden />}
      onClick={() => (card.reasons.length > 0 ? setAsking(true) : onDismiss({}))}
    >
      Dismiss
    </Button>
  );
}

function ReasonForm({ card, onDismiss, onCancel }: DismissCardProps & { onCancel: () => void }) {
  const dismiss = (form: FormData) => {
    const [reason, comment] = [String(form.get('reason') ?? ''), String(form.get('comment') ?? '').trim()];
    return onDismiss({ reason: reason ? Number(reason) : undefined, comment: comment || undefined });
  };
  return (
    <form
      action={dismiss}
      aria-label={`Dismiss: ${card.summary}`}
      className="flex w-full max-w-md flex-col gap-2 rounded-md border border-line bg-sunken p-3"
    >
      <SelectField
        name="reason"
        label="Why is this dismissed?"
        none="Without a reason"
        autoFocus
        options={card.reasons.map((label, index) => ({ value: String(index), label }))}
      />
      <TextField name="comment" label="Comment for the service" maxLength={1000} autoComplete="off" />
      <div className="flex gap-2">
        <Button type="submit" size="small">
          Dismiss
        </Button>
        <Button variant="secondary" size="small" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
