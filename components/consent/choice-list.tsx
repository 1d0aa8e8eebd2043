import { ChevronRight } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Panel } from '#components/ui/panel.tsx';

interface Choice {
  /** The value that the form sends. */
  value: string;
  title: ReactNode;
  /** Facts below the title; no line break is put inside one of them. */
  details?: readonly string[];
}

interface ChoiceListProps {
  action: string;
  /** Name of the field that carries the chosen value. */
  name: string;
  choices: readonly Choice[];
}

/** A list of choices, of which one is made with a single press, without JavaScript. */
export function ChoiceList({ action, name, choices }: ChoiceListProps) {
  return (
    <Panel flush>
      <form method="post" action={action}>
        <ul className="divide-y divide-line">
          {choices.map(({ value, title, details }) => (
            <li key={value}>
              <button
                type="submit"
                name={name}
                value={value}
                className="flex min-h-11 w-full cursor-pointer items-center gap-3 px-4 py-2 text-left hover:bg-hover"
              >
                <span className="flex min-w-0 flex-1 flex-col">
                  <span className="font-medium break-words">{title}</span>
                  {details ? <Details details={details} /> : null}
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

function Details({ details }: { details: readonly string[] }) {
  return (
    <span className="text-sm text-muted">
      {details.map((detail, index) => (
        <Fragment key={detail}>
          {index > 0 ? ' · ' : ''}
          <span className="inline-block max-w-full">{detail}</span>
        </Fragment>
      ))}
    </span>
  );
}
