import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import type { ClientType } from '#lib/smart/client/choices.ts';
import { type FieldWith, fieldEntry, type RegistrationField } from '#lib/smart/client/registration-fields.ts';
import { isSingleField } from '#lib/smart/client/typed-registration.ts';
import { FieldControl } from './field-control.tsx';
import type { FormFields } from './registration-state.ts';

/** The controls for the fields that the table leaves to components of their own. */
type OwnControls = Record<FieldWith<{ ownControl: true }>, ReactNode>;

interface SectionFieldsProps {
  names: readonly RegistrationField[];
  fields: FormFields;
  own: OwnControls;
}

/** CSS classes that show a field only while the type of client that has it is chosen. */
const appearance: Record<ClientType, string> = {
  public: 'not-group-has-[[value=public]:checked]:hidden',
  secret: 'not-group-has-[[value=secret]:checked]:hidden',
  jwks_uri: 'not-group-has-[[value$=uri]:checked]:hidden',
  jwks: 'not-group-has-[[value=jwks]:checked]:hidden',
};

/** The fields of one section of the registration form, drawn from the table of registration fields. */
export function SectionFields({ names, fields, own }: SectionFieldsProps) {
  return (
    <div className="group grid gap-4 sm:grid-cols-2">
      {names.map((name) => (
        <SectionField key={name} name={name} fields={fields} own={own} />
      ))}
    </div>
  );
}

interface SectionFieldProps {
  name: RegistrationField;
  fields: FormFields;
  own: Partial<Record<RegistrationField, ReactNode>>;
}

function SectionField({ name, fields, own }: SectionFieldProps) {
  const entry = fieldEntry(name);
  const className = classNames(!entry.half && 'sm:col-span-2', entry.onlyFor && appearance[entry.onlyFor]);
  if (entry.ownControl || !isSingleField(name))
    return <div className={classNames('min-w-0', className)}>{own[name]}</div>;
  const field = fields[name];
  return <FieldControl key={field.key} entry={entry} field={field} className={className} />;
}
