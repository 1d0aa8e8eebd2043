import { RotateCcw, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';

interface SandboxEndProps {
  sandbox: { slug: string; name: string };
  /** Whether it is known what the sandbox was made from. */
  resettable: boolean;
  /** Both take `slug` from a form. */
  reset: (formData: FormData) => Promise<void>;
  remove: (formData: FormData) => Promise<void>;
}

/** Takes a sandbox back to its beginning, or away. */
export function SandboxEnd({ sandbox: { slug, name }, resettable, reset, remove }: SandboxEndProps) {
  return (
    <ul className="divide-y divide-line">
      <Entry
        title="Reset to seed"
        text={
          resettable
            ? 'Settings, apps and data become again what the sandbox was made from. Apps lose all access. Members, signing keys and apps registered since stay.'
            : 'What this sandbox was made from is not known. Load its sandbox file once more, and it can be reset.'
        }
      >
        {resettable ? (
          <ConfirmDialog
            trigger={{ label: 'Reset', name: `Reset ${name}`, variant: 'secondary', icon: <RotateCcw aria-hidden /> }}
            title={`Reset ${name}?`}
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
          title={`Delete ${name}?`}
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

function Entry({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-3 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{title}</p>
        <p className="text-muted">{text}</p>
      </div>
      {children}
    </li>
  );
}
