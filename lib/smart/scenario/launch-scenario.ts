import { z } from 'zod';
import { ClientId } from '../client/field-rules.ts';
import { checkLaunchParameters, type LaunchParameters } from '../launch/context.ts';
import { oneVisibleLine, visibleParagraphs } from '../visible-text.ts';

/**
 * The places where an app opens: a tab, a window of its own, or a frame in a page of the EHR, full width or a phone's.
 */
const embedModes = ['tab', 'popup', 'frame', 'phone'] as const;
export type EmbedMode = (typeof embedModes)[number];

/** Reads a stored text as an embed mode. */
export function readEmbedMode(text: string): EmbedMode {
  return embedModes.find((mode) => mode === text) ?? 'tab';
}

/** Tells whether the app opens in a frame in a page of the EHR. */
export function isFramed(mode: EmbedMode): boolean {
  return mode === 'frame' || mode === 'phone';
}

/** The rule of a scenario's id, which is part of its link. */
export const ScenarioId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'must be 1 to 64 lower case letters, digits and inner hyphens')
  .refine((id) => id !== 'new', 'must not be the word new');

const Parameters = z.record(z.string(), z.unknown()).superRefine((sent, refinement) => {
  const checked = checkLaunchParameters(sent);
  if ('issue' in checked) refinement.addIssue({ code: 'custom', message: checked.issue });
});

/** The members of a launch scenario in a sandbox file. */
export const scenarioFields = {
  id: ScenarioId.describe('Names it in its link, /{sandbox}/scenarios/{id}/launch.'),
  name: z.string().trim().min(1).max(100).superRefine(oneVisibleLine()).describe('The name that the pages show.'),
  description: z.string().trim().max(500).superRefine(visibleParagraphs()).default('').describe('What it is for.'),
  clientId: ClientId.describe('The app that it opens.'),
  username: z.string().max(200).optional().describe('The one user who may open it; without one, every member.'),
  parameters: Parameters.default({}).describe(
    'What the app is told: patient and encounter by their ids, and every other launch parameter.',
  ),
  embed: z
    .enum(embedModes, `must be one of ${embedModes.join(', ')}`)
    .default('tab')
    .describe('Where the app opens: in a tab, a window of its own, inside a page of the EHR, or there as on a phone.'),
};

/** A launch that is described once, saved, and made again whenever it is opened. */
export interface LaunchScenario {
  id: string;
  name: string;
  description: string;
  clientId: string;
  username?: string | undefined;
  parameters: LaunchParameters;
  embed: EmbedMode;
}
