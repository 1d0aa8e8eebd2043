/** The fewest characters of a password that somebody chooses. */
const minPasswordLength = 12;

/** The most characters of a password. */
const maxPasswordLength = 1000;

/** The fewest different characters, so that a key that is held down is no password. */
const minDifferent = 5;

/** What a new password must not be or contain. */
interface PasswordContext {
  username: string;
  /** The password that it replaces. */
  current: string;
}

/** The rules for a new password in one sentence, for the form. */
export const passwordRules = `At least ${minPasswordLength} characters, of which ${minDifferent} differ, without your username. A few words are easier to remember than signs.`;

/**
 * What is wrong with a password that somebody chooses, in sentences; empty for a good one. Length is what counts, and no
 * kind of character is required.
 * @see https://pages.nist.gov/800-63-4/sp800-63b.html#password
 */
export function passwordIssues(password: string, { username, current }: PasswordContext): string[] {
  const characters = [...password.normalize('NFKC')];
  const [name = ''] = username.split('@');
  const rules: [boolean, string][] = [
    [characters.length >= minPasswordLength, `Use at least ${minPasswordLength} characters.`],
    [characters.length <= maxPasswordLength, `Use at most ${maxPasswordLength} characters.`],
    [new Set(characters).size >= minDifferent, `Use at least ${minDifferent} different characters.`],
    [!isNamed(password, username) && !isNamed(password, name), 'Leave out your username.'],
    [password.normalize('NFKC') !== current.normalize('NFKC'), 'Choose another one than the present password.'],
  ];
  return rules.filter(([holds]) => !holds).map(([, sentence]) => sentence);
}

/** Whether a password contains a name; short ones are found in too many words. */
function isNamed(password: string, name: string): boolean {
  return name.length > 3 && password.normalize('NFKC').toLowerCase().includes(name.toLowerCase());
}
