import { type FormField, textProps } from '#components/ui/form/form-field.ts';
import { TextField } from '#components/ui/form/text-field.tsx';
import { fieldEntry } from '#lib/smart/client/registration-fields.ts';

/** The client_id of an app: a field while the app is registered (`registeredId` is undefined), fixed afterwards. */
export function ClientIdField({ field, registeredId }: { field: FormField; registeredId: string | undefined }) {
  const { label, hint } = fieldEntry('clientId');
  if (registeredId !== undefined) {
    return <TextField label={label} mono readOnly defaultValue={registeredId} hint="The app’s name in OAuth; fixed." />;
  }
  return (
    <TextField
      {...textProps(field)}
      key={field.key}
      mono
      label={label}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      hint={hint}
    />
  );
}
