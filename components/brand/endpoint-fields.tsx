import { textProps } from '#components/ui/form/form-field.ts';
import { RadioGroupField } from '#components/ui/form/radio-group-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { BrandFields } from './brand-fields.ts';

const states = [
  { value: 'active', label: 'Active' },
  { value: 'test', label: 'For tests', hint: 'The data is made up' },
  { value: 'suspended', label: 'Suspended', hint: 'It will answer again' },
  { value: 'off', label: 'Off', hint: 'The sandbox is not in the list of all sandboxes of this server' },
];

/** The fields that describe the FHIR server to apps, except for its address and version, which are fixed. */
export function EndpointFields({ fields }: { fields: BrandFields }) {
  const { name, status, developerUrl } = fields.endpoint.getFieldset();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField {...textProps(name)} key={name.key} label="Name" autoComplete="off" />
      <TextField
        {...textProps(developerUrl)}
        key={developerUrl.key}
        label="Website for developers"
        autoComplete="off"
        hint="Where they get access for their apps. Empty: the registered apps of this sandbox"
      />
      <RadioGroupField
        {...textProps(status)}
        key={status.key}
        label="Status"
        options={states}
        className="sm:col-span-2"
        hint="It is only announced: turning apps away is a matter of their registration"
      />
    </div>
  );
}
