import { RotateCcw, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { isolating } from '#components/ui/isolating.tsx';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';

interface SandboxEndProps {
  sandbox: { slug: string; name: string };
  /** The reason why the sandbox cannot be reset; undefined when it can. */
  resetRefusal: string | undefined;
  /** Whether somebody just tried to. */
  refused: boolean;
  /** Both take `slug` from a form. */
  reset: (formData: FormData) => Promise<void>;
  remove: (formData: FormData) => Promise<void>;
}

/** The controls to reset or delete a sandbox. */
export function SandboxEnd({ sandbox: { slug, name }, resetRefusal, refused, reset, remove }: SandboxEndProps) {
  return (
    <ul className="divide-y divide-line">
      <Entry title="Reset to seed" text={resetRefusal ?? resetText} alarming={refused && resetRefusal !== undefined}>
        {resetRefusal === undefined ? (
          <ConfirmDialog
            trigger={{ label: 'Reset', name: `Reset ${name}`, variant: 'secondary', icon: <RotateCcw aria-hidden /> }}
            title={isolating`Reset ${name}?`}
            confirmLabel="Reset sandbox"
            danger
            typed={slug}
            values={{ slug }}
            action={reset}
          >
            Everything that was written to its records since is lost, and cannot be brought back.
          </ConfirmDialog>
        ) : null}
      </Entry>
      <Entry
        title="Delete this sandbox"
        text="It is gone at once for everybody, with its patients, apps and settings. Accounts that are in no other sandbox go too, except yours."
      >
        <ConfirmDialog
          trigger={{ label: 'Delete', name: `Delete ${name}`, variant: 'danger', icon: <Trash2 aria-hidden /> }}
          title={isolating`Delete ${name}?`}
          confirmLabel="Delete sandbox"
          danger
          typed={slug}
          values={{ slug }}
          action={remove}
        >
          Nothing of it can be brought back.
        </ConfirmDialog>
      </Entry>
    </ul>
  );
}

const resetText =
  'Settings, apps and data become again what the sandbox was made from. Apps lose all access. Members, signing keys and apps registered since stay.';

interface EntryProps {
  title: string;
  text: string;
  /** Whether the text is the reason of a refusal that just happened, so that it is announced. */
  alarming?: boolean;
  children: ReactNode;
}

function Entry({ title, text, alarming = false, children }: EntryProps) {
  return (
    <li className="flex flex-wrap items-center gap-3 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{title}</p>
        {alarming ? (
          <p role="alert" className="break-words text-danger-text">
            {text}
          </p>
        ) : (
          <p className="break-words text-muted">{text}</p>
        )}
      </div>
      {children}
    </li>
  );
}
