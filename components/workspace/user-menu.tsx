'use client';

import { Building2, LogOut } from 'lucide-react';
import { signOut } from 'next-auth/react';
import { Avatar } from '#components/ui/avatar.tsx';
import { Menu, MenuAction, MenuHeading, MenuLink } from '#components/ui/menu.tsx';

interface UserMenuProps {
  user: { name: string; username: string };
  /** The role in the current sandbox, if there is one. */
  role?: string | undefined;
}

/** Who is signed in, other sandboxes, and the way out. */
export function UserMenu({ user, role }: UserMenuProps) {
  return (
    <Menu
      name={`Account of ${user.name}`}
      trigger={<Avatar size="small" name={user.name} />}
      triggerClassName="inline-flex size-9 items-center justify-center rounded-full hover:bg-hover"
    >
      <MenuHeading>
        <p className="font-semibold">{user.name}</p>
        <p className="text-sm text-muted">{[user.username, role].filter(Boolean).join(' · ')}</p>
      </MenuHeading>
      <MenuLink href="/" icon={<Building2 aria-hidden />}>
        Your sandboxes
      </MenuLink>
      <MenuAction onAction={() => signOut({ callbackUrl: '/' })} icon={<LogOut aria-hidden />}>
        Sign out
      </MenuAction>
    </Menu>
  );
}
