import { notFound, redirect } from 'next/navigation';
import { FramedApp } from '#components/scenario/framed-app.tsx';
import { findRegisteredClient } from '#lib/data/client/registered-clients.ts';
import { ownOrigins } from '#lib/env.ts';
import { requireMember } from '#lib/session/current-user.ts';
import { allowedInFrame } from '#lib/smart/client/frame-features.ts';
import { loadScenarios } from '../../../(workspace)/scenarios/load-scenarios.ts';

export const metadata = { title: 'App' };

/** A page of the EHR with the app of a scenario in a frame, as large as the page or as a phone. */
export default async function FramePage({ params }: { params: Promise<{ sandbox: string; id: string }> }) {
  const { sandbox: slug, id } = await params;
  const member = await requireMember(slug, undefined, `/${slug}/scenarios/${encodeURIComponent(id)}/frame`);
  const scenario = (await loadScenarios(member)).find((one) => one.id === id) ?? notFound();
  if (scenario.refusal) redirect(scenario.href);
  const client = (await findRegisteredClient(member.sandbox.id, scenario.client.clientId)) ?? notFound();
  return <FramedApp sandbox={member.sandbox} scenario={scenario} allow={allowedInFrame(client, ownOrigins())} />;
}
