import type { FormEvent, ReactNode } from 'react';

interface LaunchFormProps {
  /** Slug of the sandbox. */
  sandbox: string;
  clientId: string;
  /** Id of the Patient that the launch is about. */
  patient?: string | undefined;
  /** Id of the Encounter that it is about. */
  encounter?: string | undefined;
  onSubmit?: ((event: FormEvent<HTMLFormElement>) => void) | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/**
 * Launches an app in a new tab. It is a plain form, because a tab opened by the click itself is not stopped by popup
 * blockers; the response to the POST redirects the tab to the app's launch URI.
 */
export function LaunchForm({ sandbox, clientId, patient, encounter, onSubmit, className, children }: LaunchFormProps) {
  return (
    <form
      method="post"
      action={`/${sandbox}/launch`}
      target="_blank"
      onSubmit={onSubmit}
      className={className}
      rel="noopener"
    >
      <input type="hidden" name="client_id" value={clientId} />
      {patient ? <input type="hidden" name="patient" value={patient} /> : null}
      {encounter ? <input type="hidden" name="encounter" value={encounter} /> : null}
      {children}
    </form>
  );
}
