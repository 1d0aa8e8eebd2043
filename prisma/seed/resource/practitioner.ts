import type { HumanName, Practitioner, PractitionerRole, Reference } from 'fhir/r4';
import { withoutUndefined } from '#lib/fhir/json/without-undefined.ts';
import { hl7Concept, systems } from '../codes/coding.ts';
import { claims } from '../codes/us-core.ts';
import type { StaffId, StaffMember } from '../data/staff.ts';
import { locations, staff } from '../data/staff.ts';

const roleNames = { doctor: 'Doctor', nurse: 'Nurse', ict: 'ICT professional' } as const;

function fullName(member: StaffMember): string {
  return [member.prefix, member.given, member.family].filter(Boolean).join(' ');
}

function emailOf(member: StaffMember): string {
  return `${member.id.replace('-', '.')}@lakeside.example`;
}

export function practitionerOf(member: StaffMember, identifierBase: string): Practitioner {
  return {
    resourceType: 'Practitioner',
    id: member.id,
    meta: claims('practitioner'),
    identifier: [{ system: `${identifierBase}/staff`, value: member.id }],
    active: true,
    name: [
      withoutUndefined<HumanName>({
        use: 'official',
        text: fullName(member),
        family: member.family,
        given: [member.given],
        prefix: member.prefix ? [member.prefix] : undefined,
        suffix: member.suffix ? [member.suffix] : undefined,
      }),
    ],
    telecom: [{ system: 'email', value: emailOf(member), use: 'work' }],
    gender: member.gender,
  };
}

export function practitionerRoleOf(
  member: StaffMember,
  identifierBase: string,
  organization: Reference,
): PractitionerRole {
  const [code, display] = member.taxonomy ?? [];
  return withoutUndefined<PractitionerRole>({
    resourceType: 'PractitionerRole',
    id: `${member.id}-role`,
    meta: claims('practitionerrole'),
    identifier: [{ system: `${identifierBase}/staff-role`, value: member.id }],
    active: true,
    practitioner: { reference: `Practitioner/${member.id}`, display: fullName(member) },
    organization,
    code: [hl7Concept('practitioner-role', member.role, roleNames[member.role])],
    specialty: code ? [{ coding: [{ system: systems.nucc, code, display }] }] : undefined,
    location: [{ reference: `Location/${member.location}`, display: locations[member.location] }],
    telecom: [{ system: 'email', value: emailOf(member), use: 'work' }],
  });
}

/** Literal reference to a member of staff. */
export function practitionerReference(id: StaffId): Reference {
  const member: StaffMember | undefined = staff.find((candidate) => candidate.id === id);
  return withoutUndefined({ reference: `Practitioner/${id}`, display: member && fullName(member) });
}
