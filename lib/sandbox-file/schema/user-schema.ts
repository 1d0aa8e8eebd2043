import { z } from 'zod';
import { usernameIn } from '#lib/smart/member/account-name.ts';
import { oneVisibleLine } from '#lib/smart/visible-text.ts';

const UserFields = z.strictObject({
  username: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/,
      'must be 1 to 64 letters, digits or . _ @ - and start with a letter or digit',
    )
    .describe(
      'What the person types to sign in. With an uploaded file, and where somebody else has the name, @ and the slug follow.',
    ),
  name: z.string().trim().min(1).max(100).superRefine(oneVisibleLine()).describe('The name that the pages show.'),
  password: z.string().min(8, 'must have at least 8 characters').max(200),
  role: z.enum(['admin', 'clinician', 'patient']),
  fhirUser: z
    .string()
    .regex(
      /^(Practitioner|PractitionerRole|Patient|RelatedPerson|Person)\/[A-Za-z0-9.-]{1,64}$/,
      'must be a reference such as Practitioner/dr-chen or Patient/123',
    )
    .optional()
    .describe('The FHIR resource that stands for this person; a patient sees the record of the Patient it names.'),
  proxyFor: z
    .array(z.string().regex(/^[A-Za-z0-9.-]{1,64}$/, 'must be the id of a Patient'))
    .max(20)
    .optional()
    .describe('Ids of the Patients for whom a patient may act beside their own record, such as their children.'),
});

/** A user in a sandbox file. */
export const User = UserFields.superRefine(({ role, fhirUser, proxyFor }, context) => {
  if (role !== 'patient' && proxyFor?.length) {
    context.addIssue({ code: 'custom', path: ['proxyFor'], message: 'is only for users with the role patient' });
  }
  if (role !== 'patient' || fhirUser?.startsWith('Patient/') || proxyFor?.length) return;
  context.addIssue({ code: 'custom', path: ['fhirUser'], message: 'a patient needs a fhirUser that is a Patient' });
});

/** Requires that no two users have one name within the sandbox, where `ann` and `ann@slug` are the same. */
export function checkUsernames(
  { slug, users }: { slug: string; users: { username: string }[] },
  context: z.RefinementCtx,
): void {
  const names = users.map(({ username }) => usernameIn(slug, username));
  const seen = new Map<string, number>();
  names.forEach((name, index) => {
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    if (first === undefined || users[first]?.username === users[index]?.username) return;
    const message = `is the same as [${first}].username within this sandbox`;
    context.addIssue({ code: 'custom', path: ['users', index, 'username'], message });
  });
}
