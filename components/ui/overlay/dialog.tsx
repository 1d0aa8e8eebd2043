'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { type ButtonLook, buttonClass } from '../button.tsx';
import { classNames } from '../class-names.ts';

export const backdropLook =
  'fixed inset-0 z-40 bg-black/45 transition-opacity duration-150 data-starting-style:opacity-0 data-ending-style:opacity-0';

export const popupLook = classNames(
  'fixed z-50 flex flex-col border border-line bg-raised shadow-popup transition duration-150',
  'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-lg data-starting-style:opacity-0 data-ending-style:opacity-0',
  'sm:inset-x-auto sm:top-[12dvh] sm:bottom-auto sm:left-1/2 sm:max-h-[76dvh] sm:-translate-x-1/2 sm:rounded-lg',
);

/** The look and the label of the button that opens a dialog. */
export interface TriggerLook extends ButtonLook {
  label: ReactNode;
  /** Accessible name, where the visible label repeats on the page ("Launch Growth chart"). */
  name?: string | undefined;
}

interface DialogProps {
  title: ReactNode;
  description?: ReactNode;
  /** The button that opens it; leave out when `open` is controlled. */
  trigger?: TriggerLook | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  wide?: boolean | undefined;
  children: ReactNode;
}

/**
 * The element that gets focus: the first field, or on touch screens the dialog, since a field would open the keyboard
 * over it.
 */
function firstField(popup: HTMLElement | null, interaction: string): HTMLElement | boolean {
  const field = interaction === 'touch' ? null : popup?.querySelector<HTMLElement>('input, select, textarea');
  return field ?? true;
}

/** A modal dialog; a sheet from below on a phone. Put its buttons into a `DialogFooter`. */
export function Dialog({ title, description, trigger, open, onOpenChange, wide, children }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? (
        <Base.Trigger aria-label={trigger.name} className={buttonClass(trigger)}>
          {trigger.icon}
          {trigger.label}
        </Base.Trigger>
      ) : null}
      <Base.Portal>
        <Base.Backdrop className={backdropLook} />
        <Base.Popup
          ref={popup}
          initialFocus={(interaction) => firstField(popup.current, interaction)}
          className={classNames(popupLook, wide ? 'sm:w-[44rem]' : 'sm:w-[32rem]', 'sm:max-w-[calc(100vw-2rem)]')}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg font-semibold break-words">{title}</Base.Title>
              {description ? <Base.Description className="text-muted">{description}</Base.Description> : null}
            </div>
            <Base.Close aria-label="Close" className="-mr-2 rounded-sm p-2 text-muted hover:bg-hover hover:text-ink">
              <X aria-hidden className="size-4" />
            </Base.Close>
          </header>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** The scrolling middle of a dialog. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-5 pt-1 pb-5">{children}</div>;
}

/** The buttons of a dialog, the main one last; `cancel` adds one that closes it. */
export function DialogFooter({ cancel, children }: { cancel?: string | undefined; children: ReactNode }) {
  return (
    <footer className="flex flex-wrap justify-end gap-2 border-t border-line bg-sunken px-5 py-3 sm:rounded-b-lg">
      {cancel ? <Base.Close className={buttonClass({ variant: 'secondary' })}>{cancel}</Base.Close> : null}
      {children}
    </footer>
  );
}
