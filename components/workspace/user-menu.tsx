'use client';

import { Building2, CircleUserRound, LogOut, ShieldCheck, UserRoundCog } from 'lucide-react';
import { startTransition } from 'react';
import { Menu, MenuAction, MenuHeading, MenuLink } from '#components/ui/overlay/menu.tsx';

interface UserMenuProps {
  user: { name: string; username: string };
  /** The role in the current sandbox, if there is one. */
  role?: string | undefined;
  /** The address of the page that lists the user's apps with access, inside a sandbox. */
  accessHref?: string | undefined;
  /** A server action that ends the session. */
  signOut: () => Promise<void>;
}

/** A menu with the signed-in user, links to other sandboxes, and the button to sign out. */
export function UserMenu({ user, role, accessHref, signOut }: UserMenuProps) {
  return (
    <Menu
      trigger={
        <>
          <CircleUserRound aria-hidden className="size-5 shrink-0" />
          <span className="sr-only">Account of </span>
          <span className="max-w-48 truncate max-sm:sr-only">{user.name}</span>
        </>
      }
      triggerClassName="inline-flex min-h-9 items-center gap-2 rounded-sm px-2 hover:bg-hover"
    >
      <MenuHeading>
        <p className="font-semibold">{user.name}</p>
        <p className="text-sm text-muted">{[user.username, role].filter(Boolean).join(' · ')}</p>
      </MenuHeading>
      {accessHref ? (
        <MenuLink href={accessHref} icon={<ShieldCheck aria-hidden />}>
          Apps with access
        </MenuLink>
      ) : null}
      <MenuLink href="/account" icon={<UserRoundCog aria-hidden />}>
        Your account
      </MenuLink>
      <MenuLink href="/" icon={<Building2 aria-hidden />}>
        Your sandboxes
      </MenuLink>
      <MenuAction onAction={() => startTransition(signOut)} icon={<LogOut aria-hidden />}>
        Sign out
      </MenuAction>
    </Menu>
  );
}
