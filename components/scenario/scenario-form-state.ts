import type { SubmissionResult } from '@conform-to/react';
import type { PatientItem } from '#components/launch/find-choices.ts';
import type { ScenarioRecord } from './scenario-record.ts';

/** The issues of saving a scenario; a success redirects to the list instead. */
export interface ScenarioFormState {
  result?: SubmissionResult<string[]> | undefined;
}

/** The initial values of the scenario form. */
export interface InitialScenario {
  /** Absent for a new one. */
  id?: string | undefined;
  name: string;
  description: string;
  clientId: string;
  username: string;
  patient?: PatientItem | undefined;
  encounter?: string | undefined;
  /** Launch parameters besides patient and encounter. */
  parameters: Readonly<Record<string, unknown>>;
  embed: ScenarioRecord['embed'];
}
