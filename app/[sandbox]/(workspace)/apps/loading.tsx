import { Panel } from '#components/ui/panel.tsx';
import { Skeleton, SkeletonRows } from '#components/ui/skeleton.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';

export default function Loading() {
  return (
    <WorkspacePage>
      <Skeleton className="h-7 w-32" />
      <Panel flush>
        <SkeletonRows rows={4} label="Loading apps" />
      </Panel>
    </WorkspacePage>
  );
}
