import { type FormField, textProps, tickProps } from '#components/ui/form/form-field.ts';
import { RadioGroupField } from '#components/ui/form/radio-group-field.tsx';
import { SwitchField } from '#components/ui/form/switch-field.tsx';
import { TextAreaField } from '#components/ui/form/text-area-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { FieldEntry } from '#lib/smart/client/field-entry.ts';

interface FieldControlProps {
  entry: Exclude<FieldEntry, { kind: 'scopes' }>;
  field: FormField;
  className: string;
}

/** A field of the registration form, with the control for its kind. */
export function FieldControl({ entry, field, className }: FieldControlProps) {
  const { kind, label, hint } = entry;
  const text = { ...textProps(field), label, hint, className };
  switch (kind) {
    case 'text':
    case 'address':
      return <TextField {...text} required={entry.required} autoComplete="off" />;
    case 'number':
      return <TextField {...text} inputMode="numeric" autoComplete="off" />;
    case 'paragraph':
      return <TextAreaField {...text} rows={entry.rows} />;
    case 'lines':
      return <TextAreaField {...text} rows={entry.rows} spellCheck={false} />;
    case 'json':
      return <TextAreaField {...text} rows={entry.rows} mono />;
    case 'choice':
      return <RadioGroupField {...text} options={optionsOf(entry.choices)} />;
    case 'tick':
      return <SwitchField {...tickProps(field)} label={label} hint={hint} className={className} />;
  }
}

function optionsOf(choices: Extract<FieldEntry, { kind: 'choice' }>['choices']) {
  return Object.entries(choices).map(([value, choice]) => ({ value, ...choice }));
}
