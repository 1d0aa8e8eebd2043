import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { viewInteraction } from '#lib/authorization-server/interaction/interaction-view.ts';
import { findSandbox } from '#lib/data/sandbox/sandboxes.ts';
import { currentSession } from '#lib/session/current-user.ts';
import { signInAddress } from '#lib/session/return-to.ts';
import { AccountStep } from './account-step.tsx';
import { ConsentStep } from './consent-step.tsx';
import { EncounterStep } from './encounter-step.tsx';
import { ExpiredInteraction, NotAMember } from './messages.tsx';
import { PatientStep } from './patient-step.tsx';
import type { StepProps } from './step-props.ts';

export const metadata: Metadata = { title: 'Open an app', robots: { index: false }, referrer: 'same-origin' };

interface Props {
  params: Promise<{ sandbox: string; uid: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function InteractionPage({ params, searchParams }: Props) {
  const { sandbox: slug, uid } = await params;
  const query = await searchParams;
  const here = `/${encodeURIComponent(slug)}/oauth/interaction/${encodeURIComponent(uid)}`;
  const cookie = (await headers()).get('cookie') ?? '';
  const search = typeof query.q === 'string' ? query.q.slice(0, 100) : '';
  const view = await viewInteraction({ slug, uid, cookie, session: await currentSession(), search });
  if (view.step === 'sign-in') redirect(signInAddress(`${here}/sign-in`));
  if (view.step === 'signed-in') redirect(`${here}/sign-in`);
  if (view.step === 'expired') return <ExpiredInteraction sandbox={(await findSandbox(slug))?.name} />;
  if (view.step === 'not-a-member') return <NotAMember here={here} view={view} />;
  return <AskingStep here={here} view={view} search={search} problem={query.problem === view.step} />;
}

type AskingSteps = 'select_account' | 'patient' | 'encounter' | 'consent';

function AskingStep({ here, view, search, problem }: StepProps<AskingSteps> & { search: string; problem: boolean }) {
  if (view.step === 'select_account') return <AccountStep here={here} view={view} />;
  if (view.step === 'patient') return <PatientStep here={here} view={view} search={search} problem={problem} />;
  if (view.step === 'encounter') return <EncounterStep here={here} view={view} problem={problem} />;
  return <ConsentStep here={here} view={view} />;
}
