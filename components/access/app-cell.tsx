import { Avatar } from '#components/ui/avatar.tsx';
import type { AppWithAccess } from './granted-access.ts';

/** An app by its logo, name and client id. */
export function AppCell({ client: { name, clientId, logoUri } }: { client: AppWithAccess }) {
  return (
    <span className="flex min-w-0 items-center gap-3 py-1">
      <Avatar square name={name} src={logoUri} />
      <span className="flex min-w-0 flex-col">
        <span className="font-medium break-words">{name}</span>
        <span className="font-mono text-sm break-all text-muted">{clientId}</span>
      </span>
    </span>
  );
}
