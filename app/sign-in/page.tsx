import { HeartPulse } from 'lucide-react';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { BrandFrame } from '#components/consent/brand-frame.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { findSignInRequest, type SignInRequest } from '#lib/authorization-server/interaction/sign-in-request.ts';
import { env } from '#lib/env.ts';
import { csrfToken } from '#lib/session/csrf-token.ts';
import { currentUser, findCurrentSession } from '#lib/session/current-user.ts';
import { usernameCookie } from '#lib/session/remembered-username.ts';
import { interactionOf, passwordAddress, returnTo } from '#lib/session/return-to.ts';
import { AskingApp } from './asking-app.tsx';
import { FailedSignIn, SignedIn, SignedOut } from './messages.tsx';
import { SignInForm } from './sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in', robots: { index: false }, referrer: 'same-origin' };

type Query = Record<string, string | string[] | undefined>;

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const callbackUrl = single(query.callbackUrl) ?? '/';
  await leadToPassword(callbackUrl);
  const token = await csrfToken();
  if (!token && !query.begun)
    redirect(`/api/auth/signin?${new URLSearchParams({ callbackUrl: returnTo(callbackUrl, env().origin) })}`);
  const asking = await findAsking(callbackUrl);
  const error = token ? single(query.error) : 'cookies';
  return (
    <Frame sandbox={asking?.sandbox}>
      <Panel>
        <div className="flex flex-col gap-4 p-1">
          <h1 className="text-xl font-semibold tracking-tight">Sign in</h1>
          {asking?.app ? <AskingApp app={asking.app} reason={asking.reason} /> : null}
          {error ? (
            <FailedSignIn error={error} callbackUrl={callbackUrl} />
          ) : (
            <SignInState callbackUrl={callbackUrl} query={query} mustSignIn={asking?.reason !== undefined} />
          )}
          {token ? (
            <FilledForm
              csrfToken={token}
              callbackUrl={callbackUrl}
              error={error}
              suggested={asking?.username ?? single(query.username)}
            />
          ) : null}
        </div>
      </Panel>
      <p className="text-sm text-muted">
        On your own computer, <code className="font-mono">npm start</code> prints the sample accounts.
      </p>
    </Frame>
  );
}

/** Leads whoever has signed in with a password that they must change to where that is done. */
async function leadToPassword(callbackUrl: string): Promise<void> {
  const session = await findCurrentSession();
  if (session?.mustChangePassword) redirect(passwordAddress(callbackUrl));
}

interface FilledFormProps {
  csrfToken: string;
  callbackUrl: string;
  error: string | undefined;
  /** The username that the app or the link suggests. */
  suggested: string | undefined;
}

/** The form, filled with the username that was typed before a failure, or else with the suggested one. */
async function FilledForm({ error, suggested, ...form }: FilledFormProps) {
  const typed = error ? (await cookies()).get(usernameCookie)?.value : undefined;
  return <SignInForm {...form} username={typed || suggested} />;
}

/** The authorization request that waits for the sign-in, if `callbackUrl` leads to one. */
async function findAsking(callbackUrl: string): Promise<SignInRequest | undefined> {
  const interaction = interactionOf(callbackUrl, env().origin);
  return interaction && findSignInRequest(interaction.slug, interaction.uid);
}

/** The page's frame: that of the sandbox for which the user signs in, or else the server's own. */
function Frame({ sandbox, children }: { sandbox: SignInRequest['sandbox'] | undefined; children: ReactNode }) {
  if (sandbox) {
    return (
      <BrandFrame sandbox={sandbox} width="narrow">
        {children}
      </BrandFrame>
    );
  }
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-5 px-4 py-10">
      <p className="flex items-center gap-2 font-semibold">
        <HeartPulse aria-hidden className="size-5 text-accent-text" />
        EHR sandbox
      </p>
      {children}
    </main>
  );
}

interface SignInStateProps {
  callbackUrl: string;
  query: Query;
  /** Whether a user who is signed in must enter a password too. */
  mustSignIn: boolean;
}

async function SignInState({ callbackUrl, query, mustSignIn }: SignInStateProps) {
  const user = await currentUser();
  if (user && mustSignIn) return null;
  if (user) return <SignedIn user={user} callbackUrl={callbackUrl} />;
  return query['signed-out'] ? <SignedOut /> : null;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
