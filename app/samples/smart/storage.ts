import { AppFailure } from './failure.ts';

/**
 * Fails when the browser lets this page keep nothing, as some do with a frame in a page of another site: a launch leads
 * over several pages, and what it knows has to be kept meanwhile.
 */
export function requireStorage(storage: () => Storage = () => sessionStorage): void {
  try {
    storage().getItem('any');
  } catch (error) {
    throw new AppFailure({
      title: 'The browser lets this app keep nothing',
      detail: error instanceof Error ? error.message : String(error),
      advice:
        'Some browsers do not let apps of another site keep anything while they are in a frame, private windows above all. Launch the app in a tab of its own.',
    });
  }
}
