import { Button } from '#components/ui/button.tsx';
import { CheckboxField } from '#components/ui/form/checkbox-field.tsx';
import type { ScopeReader } from '#lib/smart/scope/describe-scope.ts';
import { groupOfScope, scopeGroups } from '#lib/smart/scope/groups.ts';
import { type AskedScope, ScopeGroup } from './scope-group.tsx';

interface ConsentFormProps {
  /** The addresses that allowing and denying are posted to. */
  allow: string;
  deny: string;
  scopes: readonly AskedScope[];
  reader: ScopeReader;
  memory: 'remembered' | 'possible' | 'refused';
}

/** The form in which a user allows the requested scopes one by one, each described by a sentence. */
export function ConsentForm({ allow, deny, scopes, reader, memory }: ConsentFormProps) {
  return (
    <form method="post" action={allow} className="flex flex-col gap-4">
      {scopeGroups.map((group) => {
        const members = scopes.filter(({ scope }) => groupOfScope(scope) === group);
        return members.length > 0 ? <ScopeGroup key={group} group={group} scopes={members} reader={reader} /> : null;
      })}
      <p className="text-sm text-muted">
        Take the tick away from what the app shall not do. It may then work less well. With no tick left, nothing is
        allowed.
      </p>
      <Remember memory={memory} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit">Allow</Button>
        <Button type="submit" variant="secondary" formAction={deny}>
          Deny
        </Button>
      </div>
    </form>
  );
}

function Remember({ memory }: Pick<ConsentFormProps, 'memory'>) {
  if (memory === 'refused') {
    return (
      <p className="text-sm text-muted">
        You are asked each time: this app runs on a device where another program could take its place.
      </p>
    );
  }
  return (
    <CheckboxField
      label="Remember my answer"
      hint="You are asked again when the app asks for more, or is changed."
      name="remember"
      value="1"
      defaultChecked={memory === 'remembered'}
    />
  );
}
