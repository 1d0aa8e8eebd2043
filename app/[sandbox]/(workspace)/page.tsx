import { redirect } from 'next/navigation';
import { requireMember } from '#lib/session/current-user.ts';

/** A sandbox opens with its patients, and for patients with their record. */
export default async function SandboxPage({ params }: { params: Promise<{ sandbox: string }> }) {
  const { sandbox: slug } = await params;
  const { role } = await requireMember(slug);
  redirect(`/${slug}/${role === 'patient' ? 'record' : 'patients'}`);
}
