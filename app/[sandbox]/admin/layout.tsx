import type { ReactNode } from 'react';
import { WorkspaceFrame } from '#components/workspace/workspace-frame.tsx';
import { memberOf } from '#lib/session/current-user.ts';
import { signOut } from '../../sign-in/actions.ts';

interface AdminLayoutProps {
  params: Promise<{ sandbox: string }>;
  children: ReactNode;
}

/** Draws the frame for administrators. Each page guards itself, since only it knows where to return after sign-in. */
export default async function AdminLayout({ params, children }: AdminLayoutProps) {
  const member = await memberOf((await params).sandbox);
  if (typeof member === 'string' || member.role !== 'admin') return children;
  const { sandbox, logoUri, user, role } = member;
  return (
    <WorkspaceFrame sandbox={sandbox} logoUri={logoUri} user={user} role={role} signOut={signOut}>
      {children}
    </WorkspaceFrame>
  );
}
