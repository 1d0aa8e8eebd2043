'use client';

import { useState } from 'react';
import { CheckboxField } from '#components/ui/form/checkbox-field.tsx';
import type { ErrorsByField } from '#components/ui/form/form-state.ts';
import { RadioGroupField } from '#components/ui/form/radio-group-field.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import type { Choice, InitialMember } from './member-state.ts';
import { PatientPick } from './patient-pick.tsx';

interface MemberFieldsProps {
  sandbox: string;
  initial: InitialMember;
  practitioners: readonly Choice[];
  errors: ErrorsByField;
}

const roles = [
  { value: 'clinician', label: 'Clinician', hint: 'Sees every patient and launches apps for them' },
  { value: 'patient', label: 'Patient', hint: 'Sees their own record, and those of whom they act for' },
  { value: 'admin', label: 'Administrator', hint: 'Sees everything, and changes apps, members and settings' },
];

/** The fields for a member's role and for the FHIR resources that stand for them. */
export function MemberFields({ sandbox, initial, practitioners, errors }: MemberFieldsProps) {
  const [role, setRole] = useState<string>(initial.role);
  return (
    <>
      <RadioGroupField
        name="role"
        label="Role"
        options={roles}
        defaultValue={role}
        onValueChange={setRole}
        errors={errors.role}
      />
      {role === 'patient' ? (
        <PatientFields sandbox={sandbox} initial={initial} errors={errors} />
      ) : (
        <SelectField
          name="practitioner"
          label="Practitioner"
          none="Nobody"
          defaultValue={initial.practitioner}
          options={[{ value: 'new', label: 'Make a new one with this person’s name' }, ...practitioners]}
          errors={errors.practitioner}
          hint="The resource that apps are told as fhirUser"
        />
      )}
    </>
  );
}

function PatientFields({ sandbox, initial, errors }: Omit<MemberFieldsProps, 'practitioners'>) {
  const [own, setOwn] = useState(initial.patient ? [initial.patient] : []);
  const [isNew, setNew] = useState(false);
  const [children, setChildren] = useState([...initial.proxyFor]);
  return (
    <>
      {isNew ? <input type="hidden" name="patient" value="new" /> : null}
      {isNew ? null : (
        <PatientPick
          name={'patient'}
          sandbox={sandbox}
          chosen={own}
          onChange={setOwn}
          max={1}
          errors={errors.patient}
          label="Own record"
          hint="The Patient that this person is"
        />
      )}
      <CheckboxField
        label="Make a new patient record with this person’s name"
        checked={isNew}
        onChange={(event) => setNew(event.target.checked)}
      />
      <PatientPick
        name={'proxyFor'}
        sandbox={sandbox}
        chosen={children}
        onChange={setChildren}
        max={20}
        errors={errors.proxyFor}
        label="Acts for"
        hint="Patients whose records this person sees beside their own, such as their children"
      />
    </>
  );
}
