import { redirect } from 'next/navigation';
import { requireMember } from '#lib/session/current-user.ts';

/** Leads to the first page of a sandbox: the patient list for staff, and their own record for patients. */
export default async function SandboxPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  const { role } = await requireMember(slug);
  redirect(`/${slug}/${role === 'patient' ? 'record' : 'patients'}`);
}
