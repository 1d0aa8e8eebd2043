'use client';

import { X } from 'lucide-react';
import { fetchPatients } from '#components/launch/find-choices.ts';
import { Button } from '#components/ui/button.tsx';
import { Combobox } from '#components/ui/form/combobox.tsx';
import { FieldErrors } from '#components/ui/form/field.tsx';
import type { ChosenPatient } from './member-state.ts';

interface PatientPickProps {
  /** Name of the field, and slug of the sandbox. */
  name: string;
  sandbox: string;
  label: string;
  hint: string;
  errors?: string[] | undefined;
  chosen: readonly ChosenPatient[];
  onChange: (chosen: ChosenPatient[]) => void;
  /** The most patients that may be chosen. */
  max: number;
}

/** Picks patients of the sandbox, one or several; each is sent as a field of its own. */
export function PatientPick(props: PatientPickProps) {
  const { name, sandbox, label, hint, errors, chosen, onChange, max } = props;
  return (
    <div className="flex flex-col gap-2">
      {chosen.length < max ? (
        <Combobox
          key={chosen.length}
          label={label}
          hint={hint}
          errors={errors}
          noun="patients"
          placeholder="Name or MRN"
          search={(text, signal) => fetchPatients(sandbox, text, signal)}
          value={null}
          row={(patient) => `${patient.label} · ${patient.id}`}
          onValueChange={(patient) => {
            if (patient && !chosen.some(({ id }) => id === patient.id)) onChange([...chosen, patient].slice(0, max));
          }}
        />
      ) : (
        <>
          <p className="text-sm font-medium">{label}</p>
          <FieldErrors id={name} errors={errors} />
        </>
      )}
      <ul aria-label={label} className="flex flex-col gap-1 empty:hidden">
        {chosen.map((patient) => (
          <li key={patient.id} className="flex items-center gap-2 rounded-sm border border-line bg-sunken px-3 py-1">
            <input type="hidden" name={name} value={patient.id} />
            <span className="min-w-0 flex-1 break-words">{patient.label}</span>
            <Button
              variant="quiet"
              size="small"
              aria-label={`Take out ${patient.label}`}
              icon={<X aria-hidden />}
              onClick={() => onChange(chosen.filter(({ id }) => id !== patient.id))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
