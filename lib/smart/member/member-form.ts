import { z } from 'zod';
import { isId } from '#lib/fhir/reference/reference.ts';
import { oneVisibleLine } from '../visible-text.ts';

/** The choice of a new FHIR resource, in place of the id of an existing one. */
export const newResource = 'new';

const Id = z.string().refine(isId, 'Choose somebody from the list.');
/** The id that was chosen, `new`, or '' for nobody. */
const Chosen = z.union([z.literal(''), Id]).default('');

const Standing = z
  .object({
    role: z.enum(['admin', 'clinician', 'patient'], 'Choose a role.'),
    practitioner: Chosen,
    patient: Chosen,
    proxyFor: z.array(Id).max(20, 'Choose at most 20.').default([]),
  })
  .superRefine(({ role, patient, proxyFor }, context) => {
    if (role !== 'patient' || patient || proxyFor.length > 0) return;
    const message = 'A patient needs a record: their own, or somebody for whom they act.';
    context.addIssue({ code: 'custom', path: ['patient'], message });
  });

/** The role that was chosen for a member, and the FHIR resources that represent them or that they act for. */
export interface TypedStanding {
  role: 'admin' | 'clinician' | 'patient';
  /** The FHIR resource that represents the member, its id perhaps `new`; undefined for none. */
  fhirUser?: { type: 'Practitioner' | 'Patient'; id: string } | undefined;
  proxyFor: string[];
}

/** Sentences about the fields of a form about a member, by the names of the fields. */
export type MemberErrors = Record<string, string[] | undefined>;

/** Reads the part of a form that gives a member their role. Fields that belong to another role are ignored. */
export function readStanding(form: FormData): { standing: TypedStanding } | { errors: MemberErrors } {
  const parsed = Standing.safeParse({ ...Object.fromEntries(form), proxyFor: form.getAll('proxyFor') });
  if (!parsed.success) return { errors: z.flattenError(parsed.error).fieldErrors };
  const { role, practitioner, patient, proxyFor } = parsed.data;
  const [type, id] = role === 'patient' ? (['Patient', patient] as const) : (['Practitioner', practitioner] as const);
  const children = role === 'patient' ? [...new Set(proxyFor)].filter((child) => child !== patient) : [];
  return { standing: { role, fhirUser: id ? { type, id } : undefined, proxyFor: children } };
}

const Local = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/, 'Use lower case letters, digits, dots, hyphens and underscores, 40 at most.');

const Exact = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,119}$/, 'Give the username as the person types it to sign in.');

const Name = z
  .string()
  .trim()
  .min(1, 'Say what the person is called.')
  .max(100, 'The name must not be longer than 100 characters.')
  .superRefine(oneVisibleLine('The name'));

const Account = z.discriminatedUnion(
  'account',
  [
    z.object({ account: z.literal('new'), username: Local, name: Name }),
    z.object({ account: z.literal('existing'), username: Exact }),
  ],
  'Choose which account it is.',
);

/** The account that a form adds as a member: a new one, or the one that has this username. */
export type TypedAccount = z.infer<typeof Account>;

/** Reads the form that adds a member: their account and their role. Errors of both parts are answered together. */
export function readNewMember(
  form: FormData,
): { account: TypedAccount; standing: TypedStanding } | { errors: MemberErrors } {
  const account = Account.safeParse(Object.fromEntries(form));
  const read = readStanding(form);
  if (account.success && 'standing' in read) return { account: account.data, standing: read.standing };
  const ofAccount: MemberErrors = account.success ? {} : z.flattenError(account.error).fieldErrors;
  return { errors: { ...ofAccount, ...('errors' in read ? read.errors : {}) } };
}
