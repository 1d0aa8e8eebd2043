import { RadioGroupField } from '#components/ui/form/radio-group-field.tsx';
import { TextAreaField } from '#components/ui/form/text-area-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { type FormFields, textProps } from './form-field.ts';

const needsOptions = [
  { value: 'patient', label: 'A patient', hint: 'An encounter may be chosen too' },
  { value: 'encounter', label: 'An encounter', hint: 'And with it the patient' },
  { value: 'none', label: 'Neither', hint: 'It opens for the signed-in person' },
];

/** Where an app is opened, where it gets its answer, and what must be chosen first. */
export function LaunchFields({ fields }: { fields: FormFields }) {
  const { launchUri, redirectUris, origins, needs, launchDefaults } = fields;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        {...textProps(launchUri)}
        key={launchUri.key}
        label="Launch URI"
        autoComplete="off"
        className="sm:col-span-2"
        hint="Opened with iss and launch added. Leave it empty for an app that is never opened from the EHR."
      />
      <TextAreaField
        {...textProps(redirectUris)}
        key={redirectUris.key}
        label="Redirect URIs"
        rows={3}
        spellCheck={false}
        hint="One a line, compared character by character: https, http on localhost, or a native app’s own scheme"
        className="sm:col-span-2"
      />
      <TextAreaField
        {...textProps(origins)}
        key={origins.key}
        label="Other origins"
        rows={2}
        spellCheck={false}
        hint="One a line, such as https://app.example.org: pages from there may call this server too (CORS). The origins of the redirect URIs always may."
        className="sm:col-span-2"
      />
      <RadioGroupField
        {...textProps(needs)}
        key={needs.key}
        label="What the app needs to open"
        options={needsOptions}
        className="sm:col-span-2"
      />
      <TextAreaField
        {...textProps(launchDefaults)}
        key={launchDefaults.key}
        label="What every launch says"
        mono
        rows={3}
        hint='A JSON object of launch parameters, unless a launch says otherwise: {"intent": "review", "need_patient_banner": false}'
        className="sm:col-span-2"
      />
    </div>
  );
}
