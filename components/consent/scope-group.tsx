import { Badge } from '#components/ui/badge.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { changesData, describeScope, type ScopeReader } from '#lib/smart/scope/describe-scope.ts';
import type { scopeGroups } from '#lib/smart/scope/groups.ts';

/** A requested scope and the user's earlier answer; `first` when there is none. */
export interface AskedScope {
  scope: string;
  standing: 'allowed' | 'declined' | 'new' | 'first';
  /** Another requested scope that contains this one, so that unticking this one alone has no effect. */
  within?: string | undefined;
}

interface ScopeGroupProps {
  group: (typeof scopeGroups)[number];
  scopes: readonly AskedScope[];
  reader: ScopeReader;
}

const titles: Record<ScopeGroupProps['group'], string> = {
  identity: 'Who you are',
  record: 'What the app may see',
  changes: 'What the app may change or do',
  duration: 'How long',
};

/** The scopes about one subject, each with its sentence and its checkbox. */
export function ScopeGroup({ group, scopes, reader }: ScopeGroupProps) {
  return (
    <Panel flush>
      <fieldset>
        <legend className="px-4 pt-3 pb-2 font-semibold">{titles[group]}</legend>
        <ul className="divide-y divide-line border-t border-line">
          {scopes.map((asked) => (
            <ScopeRow key={asked.scope} {...asked} reader={reader} />
          ))}
        </ul>
      </fieldset>
    </Panel>
  );
}

function ScopeRow({ scope, standing, within, reader }: AskedScope & { reader: ScopeReader }) {
  return (
    <li>
      <label className="flex min-h-11 cursor-pointer items-start gap-3 px-4 py-2.5 hover:bg-hover">
        <input
          type="checkbox"
          name="scope"
          value={scope}
          defaultChecked={standing !== 'declined'}
          className="mt-0.5 size-4 shrink-0 accent-accent pointer-coarse:size-5"
        />
        <span className="flex min-w-0 flex-col gap-0.5">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5 break-words">
            <span className="min-w-0">{describeScope(scope, reader)}</span>
            {standing === 'new' ? <Badge tone="accent">New</Badge> : null}
            {changesData(scope) ? <Badge tone="warning">Changes data</Badge> : null}
          </span>
          <code className="font-mono text-xs break-all text-muted">{scope}</code>
          {within ? (
            <span className="text-xs text-muted">
              Contained in <code className="font-mono break-all">{within}</code>: to forbid it, take away both ticks.
            </span>
          ) : null}
        </span>
      </label>
    </li>
  );
}
