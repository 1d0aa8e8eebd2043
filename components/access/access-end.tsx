import type { AccessPageFacts, GrantedAccess } from './granted-access.ts';
import { Moment } from './moment.tsx';

const conditions = {
  offline: 'renewed by each use',
  online: 'or at sign-out',
  token: 'cannot be renewed',
};

/** When an app's access ends, and what that depends on. */
export function AccessEnd({ grant: { lasting, until }, facts }: { grant: GrantedAccess; facts: AccessPageFacts }) {
  return (
    <span className="flex flex-col">
      <Moment at={until} now={facts.now} />
      <span className="text-sm text-muted sm:whitespace-nowrap">{conditions[lasting]}</span>
    </span>
  );
}
