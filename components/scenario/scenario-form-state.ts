import type { SubmissionResult } from '@conform-to/react';
import type { PatientItem } from '#components/launch/find-choices.ts';
import type { ScenarioRecord } from './scenario-record.ts';

/** What came of saving a scenario; one that was saved leads back to the list. */
export interface ScenarioFormState {
  result?: SubmissionResult<string[]> | undefined;
}

/** What the form of a scenario begins with. */
export interface InitialScenario {
  /** Absent for a new one. */
  id?: string | undefined;
  name: string;
  description: string;
  clientId: string;
  username: string;
  patient?: PatientItem | undefined;
  encounter?: string | undefined;
  /** Launch parameters beside patient and encounter. */
  parameters: Readonly<Record<string, unknown>>;
  embed: ScenarioRecord['embed'];
}
