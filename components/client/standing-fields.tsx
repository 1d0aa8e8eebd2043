import { SwitchField } from '#components/ui/form/switch-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { type FormFields, textProps, tickProps } from './form-field.ts';

/** How the sandbox treats an app. */
export function StandingFields({ fields }: { fields: FormFields }) {
  const { trusted, enabled, accessTokenLifetime, refreshTokenLifetime } = fields;
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
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          {...textProps(accessTokenLifetime)}
          key={accessTokenLifetime.key}
          label="Access token lifetime, in seconds"
          inputMode="numeric"
          autoComplete="off"
          hint="60 to 86400. Empty: an hour, for backend services five minutes. SMART recommends no more."
        />
        <TextField
          {...textProps(refreshTokenLifetime)}
          key={refreshTokenLifetime.key}
          label="Refresh token lifetime, in seconds"
          inputMode="numeric"
          autoComplete="off"
          hint="300 to 31536000, counted from the last refresh. Empty: 90 days. With online_access it ends with the session."
        />
      </div>
    </div>
  );
}
