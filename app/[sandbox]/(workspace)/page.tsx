import { redirect } from 'next/navigation';

/** A sandbox opens with its patients. */
export default async function SandboxPage({ params }: { params: Promise<{ sandbox: string }> }) {
  redirect(`/${(await params).sandbox}/patients`);
}
