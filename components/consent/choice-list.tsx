import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Panel } from '#components/ui/panel.tsx';

interface Choice {
  /** What the form sends. */
  value: string;
  title: ReactNode;
  detail?: ReactNode;
}

interface ChoiceListProps {
  action: string;
  /** Name of the field that carries the chosen value. */
  name: string;
  choices: readonly Choice[];
}

/** One choice of several, made with a single press and without scripts. */
export function ChoiceList({ action, name, choices }: ChoiceListProps) {
  return (
    <Panel flush>
      <form method="post" action={action}>
        <ul className="divide-y divide-line">
          {choices.map(({ value, title, detail }) => (
            <li key={value}>
              <button
                type="submit"
                name={name}
                value={value}
                className="flex min-h-11 w-full cursor-pointer items-center gap-3 px-4 py-2 text-left hover:bg-hover"
              >
                <span className="flex min-w-0 flex-1 flex-col">
                  <span className="font-medium break-words">{title}</span>
                  {detail ? <span className="text-sm text-muted">{detail}</span> : null}
                </span>
                <ChevronRight aria-hidden className="size-4 shrink-0 text-muted" />
              </button>
            </li>
          ))}
        </ul>
      </form>
    </Panel>
  );
}
