import type { InteractionView } from '#lib/authorization-server/interaction/interaction-view.ts';

/** What the part of the page for one step is given; `here` is the page's own path. */
export interface StepProps<Step extends InteractionView['step']> {
  here: string;
  view: Extract<InteractionView, { step: Step }>;
}
