import { ShieldCheck } from 'lucide-react';
import { GrantTable } from '#components/access/grant-table.tsx';
import { RevokeButton } from '#components/access/revoke-button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { NumberedPages } from '../../_list/numbered-pages.tsx';
import { narrowing } from '../../_list/search-parameters.ts';
import type { AccessList } from '../../load-access.ts';
import { revokeGrants } from './actions.ts';

interface GrantsOfSandboxProps {
  slug: string;
  /** Path of the list. */
  list: string;
  /** The filter of the list; '' where it does not narrow. */
  query: { user: string; app: string };
  page: number;
  shown: AccessList;
  now: Date;
}

/**
 * The list of grants that match the filter, with their number and, where it narrows them, a button to revoke them all.
 */
export function GrantsOfSandbox({ slug, list, query, page, shown, now }: GrantsOfSandboxProps) {
  const { grants, range } = shown;
  const { total } = range;
  const kept = narrowing(query);
  const narrowed = Object.keys(kept).length > 0;
  if (grants.length === 0) return <Nothing narrowed={narrowed} />;
  return (
    <div className="border-t border-line">
      <div className="flex min-h-11 flex-wrap items-center gap-2 px-4 py-1.5">
        <p role="status" className="mr-auto text-sm text-muted">
          {total === 1 ? 'One grant' : `${total} grants, most recently used first`}
        </p>
        {narrowed && total > 1 ? <RevokeAll slug={slug} query={query} total={total} /> : null}
      </div>
      <GrantTable
        grants={grants}
        facts={{ sandbox: slug, ownRecord: false, now }}
        revoke={revokeGrants.bind(null, slug)}
      />
      <NumberedPages label="Access" list={list} query={kept} page={page} range={range} />
    </div>
  );
}

function RevokeAll({
  slug,
  query: { user, app },
  total,
}: Pick<GrantsOfSandboxProps, 'slug' | 'query'> & { total: number }) {
  return (
    <RevokeButton
      label={`Revoke all ${total}`}
      name={`Revoke all ${total} grants of this list`}
      title={`Revoke all ${total} grants?`}
      revoke={revokeGrants.bind(null, slug)}
      values={{ user_id: user, client_id: app }}
    >
      Everything that the filter has chosen, on all pages, stops working at once.
    </RevokeButton>
  );
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  return (
    <div className="border-t border-line">
      <EmptyState
        icon={<ShieldCheck aria-hidden />}
        title={narrowed ? 'No app has such access' : 'No app has access for a user'}
      >
        An app appears here when a user has allowed it something, until that ends or is revoked.
      </EmptyState>
    </div>
  );
}
