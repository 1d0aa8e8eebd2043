import { Callout } from '#components/ui/callout.tsx';
import { CopyableText } from '#components/ui/copyable-text.tsx';

/** A client secret, with the advice that it cannot be shown again. */
export function SecretOnce({ secret }: { secret: string }) {
  return (
    <Callout tone="warning" title="Copy the client secret now">
      <p>It is not kept in a readable form and cannot be shown again, only replaced.</p>
      <CopyableText value={secret} label="client secret" className="pt-1" />
    </Callout>
  );
}
