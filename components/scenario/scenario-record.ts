/** A launch scenario as pages show it. */
export interface ScenarioRecord {
  id: string;
  name: string;
  description: string;
  client: { clientId: string; name: string; logoUri?: string | undefined; enabled: boolean };
  /** Whom it is for; without a name, they are no member any more. Absent: every member. */
  user?: { username: string; name?: string | undefined } | undefined;
  /** The name is there for those who may see them. */
  patient?: { id: string; name?: string | undefined } | undefined;
  encounter?: string | undefined;
  /** Names of the launch parameters other than patient and encounter. */
  otherParameters: readonly string[];
  embed: 'tab' | 'popup' | 'frame' | 'phone';
  /** Path of its page. */
  href: string;
  /** Absolute; whoever follows it launches the app. */
  link: string;
  /** Why whoever looks at it cannot launch it now. */
  refusal?: 'disabled-client' | 'another-user' | 'no-member' | undefined;
}

/** Where an app opens, in words. */
export const embedText: Record<ScenarioRecord['embed'], string> = {
  tab: 'In a new tab',
  popup: 'In a window of its own',
  frame: 'Inside the EHR',
  phone: 'Inside the EHR, as on a phone',
};

/** Why a scenario cannot be launched, in words. */
export function refusalText({ refusal, user, client }: ScenarioRecord): string | undefined {
  if (refusal === 'disabled-client') return `${client.name} is disabled. An administrator can enable it.`;
  if (refusal === 'no-member') return `${user?.username} is no member of this sandbox any more.`;
  return refusal && `It is for ${user?.name}. Sign in as ${user?.username} to launch it.`;
}
