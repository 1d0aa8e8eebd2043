import { UserMinus } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { Link } from '#components/ui/link.tsx';
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog.tsx';
import { type Column, DataTable } from '#components/ui/table/data-table.tsx';

interface ListedMember {
  userId: string;
  username: string;
  name: string;
  role: string;
  fhirUser: string | null;
  proxyFor: readonly string[];
}

interface MemberTableProps {
  members: readonly ListedMember[];
  list: string;
  /** Takes `user_id` from a form. */
  remove: (formData: FormData) => Promise<void>;
}

/** The members of a sandbox. */
export function MemberTable({ members, list, remove }: MemberTableProps) {
  const columns: Column<ListedMember>[] = [
    { key: 'name', header: 'Name', className: 'sm:min-w-48', cell: (member) => <Person member={member} list={list} /> },
    { key: 'role', header: 'Role', cell: ({ role }) => <Badge>{role}</Badge> },
    { key: 'fhir', header: 'FHIR resource', cell: ({ fhirUser }) => <Resource reference={fhirUser} /> },
    { key: 'proxy', header: 'Acts for', cell: ({ proxyFor }) => (proxyFor.length > 0 ? proxyFor.join(', ') : '–') },
    {
      key: 'actions',
      header: 'Actions',
      hiddenHeader: true,
      cell: (member) => <Remove member={member} remove={remove} />,
    },
  ];
  return <DataTable caption="Members" columns={columns} rows={members} rowKey={({ userId }) => userId} />;
}

function Person({ member: { userId, name, username }, list }: { member: ListedMember; list: string }) {
  return (
    <div className="min-w-0 py-1">
      <Link href={`${list}/${userId}`} className="font-medium break-words text-accent-text hover:underline">
        {name}
      </Link>
      <p className="text-sm break-all text-muted">{username}</p>
    </div>
  );
}

function Resource({ reference }: { reference: string | null }) {
  return reference ? <code className="font-mono text-sm break-all">{reference}</code> : 'None';
}

function Remove({ member: { userId, name }, remove }: { member: ListedMember; remove: MemberTableProps['remove'] }) {
  return (
    <div className="flex sm:justify-end">
      <ConfirmDialog
        trigger={{
          label: null,
          name: `Remove ${name}`,
          variant: 'quiet',
          size: 'small',
          icon: <UserMinus aria-hidden />,
        }}
        title={isolating`Remove ${name}?`}
        confirmLabel="Remove member"
        danger
        action={remove}
        values={{ user_id: userId }}
      >
        They cannot enter this sandbox any more, and apps that act for them here lose access at once. An account that is
        in no other sandbox is deleted.
      </ConfirmDialog>
    </div>
  );
}
