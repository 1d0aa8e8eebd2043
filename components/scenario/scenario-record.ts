/** A launch scenario as pages show it. */
export interface ScenarioRecord {
  id: string;
  name: string;
  description: string;
  client: { clientId: string; name: string; logoUri?: string | undefined; enabled: boolean };
  /** The user it is for, without a name once they are no longer a member; absent when it is for every member. */
  user?: { username: string; name?: string | undefined } | undefined;
  /** The patient; the name is absent when the reader may not see the patient. */
  patient?: { id: string; name?: string | undefined } | undefined;
  encounter?: string | undefined;
  /** Names of the launch parameters other than patient and encounter. */
  otherParameters: readonly string[];
  embed: 'tab' | 'popup' | 'frame' | 'phone';
  /** Path of its page. */
  href: string;
  /** The absolute address that launches the app. */
  link: string;
  /** Why the reader cannot launch it now. */
  refusal?: 'disabled-client' | 'another-user' | 'no-member' | undefined;
}

/** The words for the places where an app opens. */
export const embedText: Record<ScenarioRecord['embed'], string> = {
  tab: 'In a new tab',
  popup: 'In a window of its own',
  frame: 'Inside the EHR',
  phone: 'Inside the EHR, as on a phone',
};

/** The sentence that says why a scenario cannot be launched. */
export function refusalText({ refusal, user, client }: ScenarioRecord): string | undefined {
  if (refusal === 'disabled-client') return `${client.name} is disabled. An administrator can enable it.`;
  if (refusal === 'no-member') return `${user?.username} is no member of this sandbox any more.`;
  return refusal && `It is for ${user?.name}. Sign in as ${user?.username} to launch it.`;
}
