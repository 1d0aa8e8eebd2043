import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';

interface SignInFormProps {
  csrfToken: string;
  /** The address to which next-auth redirects afterwards; it must be at our own origin. */
  callbackUrl: string;
  /** The username that was typed before a failure, or that an app suggests. */
  username?: string | undefined;
}

/** The sign-in form, which posts to next-auth directly, and so works without JavaScript. */
export function SignInForm({ csrfToken, callbackUrl, username = '' }: SignInFormProps) {
  return (
    <form method="post" action="/api/auth/callback/credentials" className="flex flex-col gap-4">
      <input type="hidden" name="csrfToken" value={csrfToken} />
      <input type="hidden" name="callbackUrl" value={callbackUrl} />
      <TextField
        label="Username"
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={200}
        required
        defaultValue={username}
        autoFocus={!username}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        maxLength={1000}
        required
        autoFocus={Boolean(username)}
      />
      <SubmitButton size="large">Sign in</SubmitButton>
    </form>
  );
}
