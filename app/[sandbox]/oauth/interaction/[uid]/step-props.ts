import type { InteractionView } from '#lib/authorization-server/interaction/interaction-view.ts';

/** The props of the component for one step; `here` is the page's own path. */
export interface StepProps<Step extends InteractionView['step']> {
  here: string;
  view: Extract<InteractionView, { step: Step }>;
}
