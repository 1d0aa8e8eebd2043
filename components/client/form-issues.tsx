import { Callout } from '#components/ui/callout.tsx';
import { typedFieldOrder } from '#lib/smart/client/typed-registration.ts';
import type { FormFields } from './registration-state.ts';

/** The number of fields with issues, and a link to the first of them; the issues are shown beside the fields. */
export function FormIssues({ fields }: { fields: FormFields }) {
  const wrong = typedFieldOrder.map((name) => fields[name]).filter(({ errors }) => errors && errors.length > 0);
  const [first] = wrong;
  if (!first) return null;
  return (
    <Callout
      tone="danger"
      role="alert"
      title={wrong.length === 1 ? 'One field needs another look' : `${wrong.length} fields need another look`}
    >
      Nothing was saved.{' '}
      <a href={`#${first.id}`} className="font-medium text-accent-text underline">
        Go to the {wrong.length === 1 ? '' : 'first '}field
      </a>
    </Callout>
  );
}
