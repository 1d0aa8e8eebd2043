import { Fragment, type ReactElement } from 'react';
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

/** The attributes that every field has, whichever control draws it. */
interface FieldProps {
  name: ParameterField;
  defaultValue: string;
  errors: string[] | undefined;
  autoComplete: 'off';
}

const bannerOptions = [
  { value: 'true', label: 'The app shows the patient' },
  { value: 'false', label: 'The EHR shows the patient' },
];

/** The control of every field from top to bottom; the compiler reports a parameter without one. */
const controls: Record<ParameterField, (field: FieldProps) => ReactElement> = {
  intent: (field) => (
    <TextField {...field} label="Intent" hint="What the person wants to do, such as reconcile-medications" />
  ),
  needPatientBanner: (field) => (
    <SelectField
      {...field}
      label="Patient banner"
      none="Not said"
      options={bannerOptions}
      hint="Sent as need_patient_banner"
    />
  ),
  fhirContext: (field) => (
    <TextAreaField
      {...field}
      label="fhirContext"
      mono
      rows={3}
      className="sm:col-span-2"
      hint="One reference a line, its role after a space: ImagingStudy/1. Or a JSON array with canonical and identifier too."
    />
  ),
  appContext: (field) => (
    <TextAreaField
      {...field}
      label="appContext"
      mono
      rows={2}
      className="sm:col-span-2"
      hint="What a CDS Hooks card hands to the app: text or JSON"
    />
  ),
  tenant: (field) => <TextField {...field} label="Tenant" />,
  styleUrl: (field) => <TextField {...field} label="Style URL" type="url" hint="Instead of this sandbox’s own style" />,
  messagingOrigin: (field) => (
    <TextField
      {...field}
      label="Messaging origin"
      type="url"
      className="sm:col-span-2"
      hint="Where SMART Web Messaging goes to, such as https://ehr.example.org"
    />
  ),
  others: (field) => (
    <TextAreaField
      {...field}
      label="Other values"
      mono
      rows={3}
      className="sm:col-span-2"
      hint='A JSON object; each member stands in the token response: {"ward": "3 West"}'
    />
  ),
};

/** The fields for all launch parameters besides the patient and the encounter. */
export function ParameterFields({ initial, issues = {} }: ParameterFieldState) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {(Object.keys(controls) as ParameterField[]).map((name) => (
        <Fragment key={name}>
          {controls[name]({
            name,
            defaultValue: initial[name] ?? '',
            errors: issues[name] === undefined ? undefined : [issues[name]],
            autoComplete: 'off',
          })}
        </Fragment>
      ))}
    </div>
  );
}
