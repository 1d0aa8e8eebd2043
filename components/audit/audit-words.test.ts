import { expect, it } from 'vitest';
import { ownEventCodes } from '#lib/fhir/audit/own-event.ts';
import { interactionWord, requestLine, utcText } from './audit-words.ts';

it.each([
  [{ method: 'GET', path: 'Patient/1', query: '' }, 'GET Patient/1'],
  [{ method: 'GET', path: 'Patient', query: 'name=J%C3%B6rg+B' }, 'GET Patient?name=Jörg B'],
  [{ method: 'GET', path: 'Patient', query: 'name=%E0%A4' }, 'GET Patient?name=%E0%A4'],
  [{ method: 'POST', path: '', query: '' }, 'POST /'],
])('%j reads %s', (request, line) => expect(requestLine(request)).toBe(line));

it.each([
  ['read', 'Read'],
  ['constructor', 'constructor'],
])('%s is called %s', (code, word) => expect(interactionWord(code)).toBe(word));

it.each(ownEventCodes)('has a word for %s', (code) => expect(interactionWord(code)).not.toBe(code));

it('writes times in UTC', () => expect(utcText(new Date('2026-01-02T03:04:05.678Z'))).toBe('2026-01-02 03:04:05'));
