import { Power, PowerOff } from 'lucide-react';
import { Button } from '../button.tsx';
import { Deliberate } from '../form/deliberate.tsx';

interface EnableButtonProps {
  /** What the row is about, for the button's accessible name. */
  name: string;
  enabled: boolean;
  enable: (formData: FormData) => Promise<void>;
  disable: (formData: FormData) => Promise<void>;
  /** Sent as a hidden input. */
  field: { name: string; value: string };
}

/** The small button in a row of a table that disables what is enabled, and enables what is not. */
export function EnableButton({ name, enabled, enable, disable, field }: EnableButtonProps) {
  const verb = enabled ? 'Disable' : 'Enable';
  return (
    <Deliberate>
      <form action={enabled ? disable : enable}>
        <input type="hidden" {...field} />
        <Button
          type="submit"
          variant="quiet"
          size="small"
          aria-label={`${verb} ${name}`}
          title={verb}
          icon={enabled ? <PowerOff aria-hidden /> : <Power aria-hidden />}
        />
      </form>
    </Deliberate>
  );
}
