import { buttonClass } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { isolating } from '#components/ui/isolating.tsx';
import { attemptLimit } from '#lib/data/member/sign-in-attempts.ts';
import type { User } from '#lib/data/member/users.ts';
import { env } from '#lib/env.ts';
import { returnTo, signInAddress } from '#lib/session/return-to.ts';

const failures = new Map([
  [
    'wrong',
    {
      title: 'This username and password do not go together',
      text: `Check both and try again. After ${attemptLimit.attempts} failed attempts you have to wait.`,
    },
  ],
  [
    'too-many-attempts',
    {
      title: 'Too many failed attempts',
      text: `Wait up to ${attemptLimit.minutes} minutes, or use a browser in which you have signed in before.`,
    },
  ],
  [
    'published',
    {
      title: 'This password is published',
      text: 'Everybody can read it, so that it opens no account on a server that others can reach. Ask whoever runs this server for another.',
    },
  ],
  [
    'expired',
    {
      title: 'This form had expired',
      text: 'Your browser and the server no longer agreed on it, so the password was not looked at. Sign in again.',
    },
  ],
  [
    'cookies',
    {
      title: 'Your browser did not keep our cookie',
      text: 'Signing in needs cookies for this site. Allow them and try again.',
    },
  ],
]);

const unexpected = { title: 'Signing in failed', text: 'Something went wrong on the server. Try again in a moment.' };

/** Explains why the last attempt failed, by the word in the page's `error` parameter. */
export function FailedSignIn({ error, callbackUrl }: { error: string; callbackUrl: string }) {
  const { title, text } = failures.get(error) ?? unexpected;
  const again = error === 'cookies' ? <TryAgain href={signInAddress(callbackUrl)} /> : null;
  return (
    <Callout tone="danger" role="alert" title={title} actions={again}>
      {text}
    </Callout>
  );
}

/** A link that starts signing in again, so that next-auth sets its cookie. */
function TryAgain({ href }: { href: string }) {
  return (
    <a href={href} className={buttonClass({ size: 'small', variant: 'secondary' })}>
      Try again
    </a>
  );
}

/** Offers a user who is signed in already to go on; the form below is for signing in as somebody else. */
export function SignedIn({ user, callbackUrl }: { user: User; callbackUrl: string }) {
  const target = returnTo(callbackUrl, env().origin);
  return (
    <Callout
      title={isolating`You are signed in as ${user.name}`}
      actions={
        // A plain link: Next's Link would request the target in advance, and an authorization resumes only once.
        <a href={target} className={buttonClass({ size: 'small', variant: 'secondary' })}>
          Continue
        </a>
      }
    >
      To use another account, sign in with it below.
    </Callout>
  );
}

export function SignedOut() {
  return <Callout role="status">You have signed out.</Callout>;
}
