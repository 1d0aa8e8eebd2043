import { Panel } from '#components/ui/panel.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { WorkspacePage } from '#components/workspace/workspace-frame.tsx';

export default function Loading() {
  return (
    <WorkspacePage>
      <Panel flush>
        <SkeletonRows rows={10} label="Loading the chart" />
      </Panel>
    </WorkspacePage>
  );
}
