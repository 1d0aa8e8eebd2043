import { classNames } from '../class-names.ts';
import { FieldErrors, FieldHint, type FieldText, RequiredMark, useFieldIds } from './field.tsx';

interface Option {
  value: string;
  label: string;
  hint?: string | undefined;
  disabled?: boolean | undefined;
}

interface RadioGroupFieldProps extends FieldText {
  name: string;
  options: readonly Option[];
  defaultValue?: string | undefined;
  id?: string | undefined;
  form?: string | undefined;
  required?: boolean | undefined;
  className?: string | undefined;
  onValueChange?: ((value: string) => void) | undefined;
}

/** One of a few options, all visible, each with its own line of help. */
export function RadioGroupField(props: RadioGroupFieldProps) {
  const { name, options, label, hint, errors, required, className } = props;
  const { id, ...aria } = useFieldIds(props.id, { hint, errors });
  return (
    <fieldset {...aria} className={classNames('flex flex-col gap-1', className)}>
      <legend className="mb-1 text-sm font-medium">
        {label}
        {required ? <RequiredMark /> : null}
      </legend>
      {options.map((option) => (
        <Radio key={option.value} name={name} option={option} field={props} id={`${id}-${option.value}`} />
      ))}
      <FieldErrors id={id} errors={errors} />
      <FieldHint id={id} hint={hint} />
    </fieldset>
  );
}

interface RadioProps {
  id: string;
  name: string;
  option: Option;
  field: RadioGroupFieldProps;
}

function Radio({ id, name, option, field }: RadioProps) {
  return (
    <div className="flex min-h-6 items-start gap-2.5 pointer-coarse:min-h-10 pointer-coarse:items-center">
      <input
        type="radio"
        id={id}
        name={name}
        form={field.form}
        value={option.value}
        required={field.required}
        disabled={option.disabled}
        defaultChecked={field.defaultValue === option.value}
        aria-describedby={option.hint ? `${id}-description` : undefined}
        onChange={field.onValueChange ? () => field.onValueChange?.(option.value) : undefined}
        className="mt-1 size-4 shrink-0 accent-accent pointer-coarse:size-5"
      />
      <div className="flex flex-col">
        <label htmlFor={id} className="py-0.5">
          {option.label}
        </label>
        <FieldHint id={id} hint={option.hint} />
      </div>
    </div>
  );
}
