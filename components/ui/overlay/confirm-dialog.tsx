'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import { type ReactNode, useState } from 'react';
import { buttonClass } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { Deliberate } from '../form/deliberate.tsx';
import { SubmitButton } from '../form/submit-button.tsx';
import { TextField } from '../form/text-field.tsx';
import { backdropLook, popupLook, type TriggerLook } from './dialog.tsx';

interface ConfirmDialogProps {
  trigger: TriggerLook;
  title: ReactNode;
  /** Says what will happen, and whether it can be undone. */
  children: ReactNode;
  confirmLabel: string;
  danger?: boolean | undefined;
  /** A server action, or the address of a route handler. */
  action: string | ((formData: FormData) => void | Promise<void>);
  /** Sent as hidden inputs. */
  values?: Readonly<Record<string, string>> | undefined;
  /** A text that the user must type before confirming. */
  typed?: string | undefined;
}

/** A button with a confirmation dialog, for actions that cannot easily be undone. */
export function ConfirmDialog({ trigger, title, children, ...rest }: ConfirmDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Trigger aria-label={trigger.name} className={buttonClass(trigger)}>
        {trigger.icon}
        {trigger.label}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropLook} />
        <AlertDialog.Popup className={classNames(popupLook, 'sm:w-[28rem] sm:max-w-[calc(100vw-2rem)]')}>
          <div className="flex flex-col gap-2 px-5 pt-4 pb-4">
            <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
            <AlertDialog.Description render={<div />} className="text-muted">
              {children}
            </AlertDialog.Description>
          </div>
          <Deliberate>
            <ConfirmForm {...rest} onDone={() => setOpen(false)} />
          </Deliberate>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

type ConfirmFormProps = Omit<ConfirmDialogProps, 'trigger' | 'title' | 'children'> & { onDone: () => void };

function ConfirmForm({ confirmLabel, danger, action, values, typed, onDone }: ConfirmFormProps) {
  const [answer, setAnswer] = useState('');
  const run =
    typeof action === 'string'
      ? action
      : async (formData: FormData) => {
          await action(formData);
          onDone();
        };
  return (
    <form action={run} method={typeof action === 'string' ? 'post' : undefined} className="flex flex-col">
      {Object.entries(values ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {typed === undefined ? null : (
        <div className="px-5 pb-5">
          <TextField
            mono
            autoComplete="off"
            label={`Type ${typed} to confirm`}
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
          />
        </div>
      )}
      <footer className="flex flex-wrap justify-end gap-2 border-t border-line bg-sunken px-5 py-3 sm:rounded-b-lg">
        <AlertDialog.Close className={buttonClass({ variant: 'secondary' })}>Cancel</AlertDialog.Close>
        <SubmitButton variant={danger ? 'danger' : 'primary'} disabled={typed !== undefined && answer !== typed}>
          {confirmLabel}
        </SubmitButton>
      </footer>
    </form>
  );
}
