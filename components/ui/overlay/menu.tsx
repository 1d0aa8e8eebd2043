'use client';

import { Menu as Base } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { Link } from '../link.tsx';

const itemLook = classNames(
  'flex min-h-8 w-full items-center gap-2.5 rounded-sm px-2.5 text-left outline-none select-none',
  'data-highlighted:bg-hover pointer-coarse:min-h-11 [&_svg]:size-4 [&_svg]:text-muted',
);

interface MenuProps {
  /** The content of the button. */
  trigger: ReactNode;
  /** Accessible name of the button. */
  name?: string | undefined;
  triggerClassName?: string | undefined;
  align?: 'start' | 'end' | undefined;
  children: ReactNode;
}

/** A button that opens a list of actions and links. */
export function Menu({ trigger, name, triggerClassName, align = 'end', children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger aria-label={name} className={triggerClassName}>
        {trigger}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} className="z-50">
          <Base.Popup className="min-w-48 rounded-md border border-line bg-raised p-1 text-ink shadow-popup outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Base.LinkItem render={<Link href={href} />} closeOnClick className={itemLook}>
      {icon}
      {children}
    </Base.LinkItem>
  );
}

export function MenuAction({
  onAction,
  icon,
  children,
}: {
  onAction: () => void;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Base.Item onClick={onAction} className={itemLook}>
      {icon}
      {children}
    </Base.Item>
  );
}

/** The heading of a group of items. */
export function MenuHeading({ children }: { children: ReactNode }) {
  return <div className="border-b border-line px-2.5 pt-1.5 pb-2 mb-1">{children}</div>;
}
