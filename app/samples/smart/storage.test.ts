import { expect, it } from 'vitest';
import { AppFailure } from './failure.ts';
import { requireStorage } from './storage.ts';

it('lets an app go on that may keep something', () => {
  expect(() => requireStorage(() => ({ getItem: () => null }) as unknown as Storage)).not.toThrow();
});

it('says what to do when the browser refuses', () => {
  const refused = () => {
    throw new Error('Access is denied for this document.');
  };
  const failed = () => requireStorage(refused);
  expect(failed).toThrow(AppFailure);
  expect(failed).toThrow(/keep nothing/);
});
