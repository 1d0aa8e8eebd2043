import { SwitchField } from '#components/ui/switch-field.tsx';
import { type FormFields, tickProps } from './form-field.ts';

/** How the sandbox treats an app. */
export function StandingFields({ fields }: { fields: FormFields }) {
  const { trusted, enabled } = fields;
  return (
    <div className="flex flex-col gap-4">
      <SwitchField
        {...tickProps(trusted)}
        key={trusted.key}
        label="Trusted"
        hint="Nobody is asked for consent: the app gets the scopes above at once"
      />
      <SwitchField
        {...tickProps(enabled)}
        key={enabled.key}
        label="Enabled"
        hint="Turned off, the app cannot be opened and its tokens stop working at once"
      />
    </div>
  );
}
