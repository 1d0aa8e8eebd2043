import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextAreaField } from '#components/ui/form/text-area-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { TypedParameters } from '#lib/smart/launch/parameters-form.ts';

type ParameterField = keyof TypedParameters;

/** The initial values of the launch parameter fields, and their issues. */
export interface ParameterFieldState {
  initial: TypedParameters;
  issues?: Partial<Record<ParameterField, string>> | undefined;
}

const bannerOptions = [
  { value: 'true', label: 'The app shows the patient' },
  { value: 'false', label: 'The EHR shows the patient' },
];

/** The fields for all launch parameters besides the patient and the encounter. */
export function ParameterFields({ initial, issues = {} }: ParameterFieldState) {
  const field = (name: ParameterField) => ({
    name,
    defaultValue: initial[name] ?? '',
    errors: issues[name] === undefined ? undefined : [issues[name]],
    autoComplete: 'off',
  });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        {...field('intent')}
        label="Intent"
        hint="What the person wants to do, such as reconcile-medications"
      />
      <SelectField
        {...field('needPatientBanner')}
        label="Patient banner"
        none="Not said"
        options={bannerOptions}
        hint="Sent as need_patient_banner"
      />
      <TextAreaField
        {...field('fhirContext')}
        label="fhirContext"
        mono
        rows={3}
        className="sm:col-span-2"
        hint="One reference a line, its role after a space: ImagingStudy/1. Or a JSON array with canonical and identifier too."
      />
      <TextAreaField
        {...field('appContext')}
        label="appContext"
        mono
        rows={2}
        className="sm:col-span-2"
        hint="What a CDS Hooks card hands to the app: text or JSON"
      />
      <TextField {...field('tenant')} label="Tenant" />
      <TextField {...field('styleUrl')} label="Style URL" type="url" hint="Instead of this sandbox’s own style" />
      <TextField
        {...field('messagingOrigin')}
        label="Messaging origin"
        type="url"
        className="sm:col-span-2"
        hint="Where SMART Web Messaging goes to, such as https://ehr.example.org"
      />
      <TextAreaField
        {...field('others')}
        label="Other values"
        mono
        rows={3}
        className="sm:col-span-2"
        hint='A JSON object; each member stands in the token response: {"ward": "3 West"}'
      />
    </div>
  );
}
