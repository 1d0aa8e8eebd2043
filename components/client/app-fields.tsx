import { TextAreaField } from '#components/ui/form/text-area-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { type FormFields, textProps } from './form-field.ts';

interface AppFieldsProps {
  fields: FormFields;
  /** The id of a registered app, which stays what it is. */
  registeredId?: string | undefined;
}

/** What people see of an app, and the id it is known by. */
export function AppFields({ fields, registeredId }: AppFieldsProps) {
  const { name, clientId, description, logoUri } = fields;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField {...textProps(name)} key={name.key} label="Name" required autoComplete="off" />
      {registeredId === undefined ? (
        <TextField
          {...textProps(clientId)}
          key={clientId.key}
          mono
          label="Client id"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          hint="Leave it empty to have one made. It cannot be changed later."
        />
      ) : (
        <TextField label="Client id" mono readOnly defaultValue={registeredId} hint="The app’s name in OAuth; fixed." />
      )}
      <TextAreaField
        {...textProps(description)}
        key={description.key}
        rows={2}
        label="Description"
        className="sm:col-span-2"
        hint="Shown in the app gallery and on the consent page"
      />
      <TextField
        {...textProps(logoUri)}
        key={logoUri.key}
        label="Logo"
        autoComplete="off"
        className="sm:col-span-2"
        hint="The https address of an image, or a path on this server"
      />
    </div>
  );
}
