import { ChevronRight } from 'lucide-react';
import { Badge } from '#components/ui/badge.tsx';
import { changesData, describeScope, type ScopeReader } from '#lib/smart/scope/describe-scope.ts';

/** The permissions of an app, a sentence for each scope; folded, since the list is long. */
export function GrantedScopes({ scopes, reader }: { scopes: readonly string[]; reader: ScopeReader }) {
  const changes = scopes.some(changesData);
  return (
    <details className="group min-w-0">
      <summary className="inline-flex min-h-6 flex-wrap cursor-pointer list-none items-center gap-1 rounded-sm text-accent-text pointer-coarse:min-h-10 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
        <span className="whitespace-nowrap">
          {scopes.length} {scopes.length === 1 ? 'permission' : 'permissions'}
        </span>
        {changes ? <Badge tone="warning">Changes data</Badge> : null}
      </summary>
      <ul className="mt-1 mb-1.5 flex max-w-prose flex-col gap-2 pl-5 sm:w-72 lg:w-96">
        {scopes.map((scope) => (
          <li key={scope}>
            <p>{describeScope(scope, reader)}</p>
            <code className="font-mono text-xs break-all text-muted">{scope}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
