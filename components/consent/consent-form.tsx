import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { changesData, describeScope } from '#lib/smart/describe-scope.ts';

interface ConsentFormProps {
  /** Where allowing and denying are posted to. */
  allow: string;
  deny: string;
  scopes: readonly string[];
}

/** Every scope an app asks for, in a sentence each, to be allowed one by one. */
export function ConsentForm({ allow, deny, scopes }: ConsentFormProps) {
  return (
    <form method="post" action={allow} className="flex flex-col gap-4">
      <Panel flush>
        <fieldset>
          <legend className="px-4 pt-3 pb-2 font-semibold">The app will be able to</legend>
          <ul className="divide-y divide-line border-t border-line">
            {scopes.map((scope) => (
              <ScopeRow key={scope} scope={scope} />
            ))}
          </ul>
        </fieldset>
      </Panel>
      <p className="text-sm text-muted">
        Take the tick away from what the app shall not do. It may then work less well.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit">Allow</Button>
        <Button type="submit" variant="secondary" formAction={deny}>
          Deny
        </Button>
      </div>
    </form>
  );
}

function ScopeRow({ scope }: { scope: string }) {
  return (
    <li>
      <label className="flex min-h-11 cursor-pointer items-start gap-3 px-4 py-2.5 hover:bg-hover">
        <input
          type="checkbox"
          name="scope"
          value={scope}
          defaultChecked
          className="mt-0.5 size-4 shrink-0 accent-accent pointer-coarse:size-5"
        />
        <span className="flex min-w-0 flex-col gap-0.5">
          <span className="flex flex-wrap items-center gap-2">
            {describeScope(scope)}
            {changesData(scope) ? <Badge tone="warning">Changes data</Badge> : null}
          </span>
          <code className="font-mono text-xs break-all text-muted">{scope}</code>
        </span>
      </label>
    </li>
  );
}
