import { FieldErrors } from '#components/ui/form/field.tsx';
import { type FormField, textProps } from '#components/ui/form/form-field.ts';
import { TextAreaField } from '#components/ui/form/text-area-field.tsx';
import { fieldEntry } from '#lib/smart/client/registration-fields.ts';
import { offeredScopes } from './offered-scopes.ts';
import type { FormFields } from './registration-state.ts';

/** The scopes an app may request: checkboxes for the usual ones, and a text field for all others. */
export function ScopeFields({ fields }: { fields: FormFields }) {
  const { scopes, otherScopes } = fields;
  const { label, hint } = fieldEntry('scope');
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-3">
        {offeredScopes.map(({ group, scopes: offered }) => (
          <fieldset key={group} className="flex flex-col gap-1.5">
            <legend className="mb-1 text-sm font-medium">{group}</legend>
            {offered.map(({ scope, hint }) => (
              <ScopeTick key={scope} field={scopes} scope={scope} hint={hint} />
            ))}
          </fieldset>
        ))}
      </div>
      <FieldErrors id={scopes.id} errors={scopes.errors} />
      <TextAreaField {...textProps(otherScopes)} key={otherScopes.key} mono rows={2} label={label} hint={hint} />
    </div>
  );
}

function ScopeTick({ field, scope, hint }: { field: FormField; scope: string; hint: string }) {
  const id = `${field.id}-${scope}`;
  const ticked = Array.isArray(field.initialValue) ? field.initialValue : [field.initialValue];
  return (
    <div className="flex items-start gap-2 pointer-coarse:min-h-10">
      <input
        key={field.key}
        type="checkbox"
        id={id}
        name={field.name}
        value={scope}
        defaultChecked={ticked.includes(scope)}
        aria-describedby={`${id}-description`}
        className="mt-0.5 size-4 shrink-0 accent-accent pointer-coarse:size-5"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="font-mono text-sm">
          {scope}
        </label>
        <p id={`${id}-description`} className="text-sm text-muted">
          {hint}
        </p>
      </div>
    </div>
  );
}
