import { Moment } from '#components/access/moment.tsx';
import { Badge, type Tone } from '#components/ui/badge.tsx';
import { type LaunchRecord, statusText } from './launch-record.ts';

const tones: Record<LaunchRecord['status'], Tone> = {
  pending: 'info',
  used: 'success',
  expired: 'neutral',
  withdrawn: 'warning',
};

/** The status of a launch, and since when; for a pending one, when it expires. */
export function LaunchState({ launch, now }: { launch: LaunchRecord; now: Date }) {
  const { status, usedAt, withdrawnAt, expiresAt } = launch;
  const since = { pending: expiresAt, used: usedAt, expired: expiresAt, withdrawn: withdrawnAt }[status];
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Badge tone={tones[status]}>{statusText[status]}</Badge>
      {since ? (
        <span className="text-sm text-muted">
          {status === 'pending' ? 'ends ' : null}
          <Moment at={since} now={now} />
        </span>
      ) : null}
    </span>
  );
}
