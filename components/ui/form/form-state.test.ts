import { expect, it } from 'vitest';
import { typedIn } from './form-state.ts';

it('keeps text, the last of several, and no files', () => {
  const form = new FormData();
  form.append('name', ' One ');
  form.append('several', 'a');
  form.append('several', 'b');
  form.append('file', new File(['{}'], 'a.json'));
  expect(typedIn(form)).toEqual({ name: ' One ', several: 'b' });
});
