import { HeartPulse } from 'lucide-react';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { Panel } from '#components/ui/panel.tsx';
import { csrfToken } from '#lib/session/csrf-token.ts';
import { currentUser } from '#lib/session/current-user.ts';
import { usernameCookie } from '#lib/session/remembered-username.ts';
import { SignedIn, SignedOut, SignInFault } from './messages.tsx';
import { SignInForm } from './sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const callbackUrl = single(query.callbackUrl) ?? '/';
  const token = await csrfToken();
  if (!token && !query.begun) redirect(`/api/auth/signin?${new URLSearchParams({ callbackUrl })}`);
  const error = token ? single(query.error) : 'cookies';
  const username = error ? await rememberedUsername() : '';
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-5 px-4 py-10">
      <p className="flex items-center gap-2 font-semibold">
        <HeartPulse aria-hidden className="size-5 text-accent-text" />
        EHR sandbox
      </p>
      <Panel>
        <div className="flex flex-col gap-4 p-1">
          <h1 className="text-xl font-semibold tracking-tight">Sign in</h1>
          {error ? (
            <SignInFault error={error} callbackUrl={callbackUrl} />
          ) : (
            <Standing callbackUrl={callbackUrl} query={query} />
          )}
          {token ? <SignInForm csrfToken={token} callbackUrl={callbackUrl} username={username} /> : null}
        </div>
      </Panel>
      <p className="text-sm text-muted">
        On your own computer, <code className="font-mono">npm start</code> prints the sample accounts.
      </p>
    </main>
  );
}

async function Standing({ callbackUrl, query }: { callbackUrl: string; query: Query }) {
  const user = await currentUser();
  if (user) return <SignedIn user={user} callbackUrl={callbackUrl} />;
  return query['signed-out'] ? <SignedOut /> : null;
}

async function rememberedUsername(): Promise<string> {
  return (await cookies()).get(usernameCookie)?.value ?? '';
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
