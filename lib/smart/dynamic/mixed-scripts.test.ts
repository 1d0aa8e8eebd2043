import { describe, expect, it } from 'vitest';
import { issueOfScripts } from './mixed-scripts.ts';

describe('a name', () => {
  it.each([
    'Growth Chart',
    'Näherungsweise Überprüfung – Łódź 2.0',
    'Админ',
    'Ἀσκληπιός',
    'تطبيق ١٢٣',
    'הבר 3',
    'ยาและเวชภัณฑ์',
    'कलम',
    '成長チャート for FHIR',
    'カルテ・メモ',
    'ひらがなで',
    '한국어 SMART 漢字',
    'ㄅㄆㄇ 注音 Bopomofo',
    'Dose (µg/kg) ½ × 2² → ok',
    '👩‍⚕️ Ward 🏥',
    'e\u0301tude',
    'Ward™ …',
    '42',
    '',
  ])('may be %s', (name) => expect(issueOfScripts(name)).toBeUndefined());

  it.each([
    ['\u0410dmin', 'U+0410 (Cyrillic) among letters of Latin'],
    ['p\u0430yp\u0430l', 'U+0430 (Cyrillic) among letters of Latin'],
    ['\u0391dmin', 'U+0391 (Greek) among letters of Latin'],
    ['Адм\u0069н', 'U+0069 (Latin) among letters of Cyrillic'],
    ['ad\u057Din', 'U+057D (Armenian) among letters of Latin'],
    ['\u13AAdmin', 'U+13AA (a script in little use) among letters of Latin'],
    ['\u{1D5A0}dmin', 'must not contain U+1D5A0, which stands for A'],
    ['\u2113ab', 'U+2113, which stands for l'],
    ['Pay\u2024com', 'U+2024, which stands for .'],
    ['カ한', /U\+.* among letters of Latin/],
    ['\u0410\u0391', /U\+.* among letters of/],
    [
      'x\u0430\u0435\u043E\u0440\u0441\u0445longer text in Latin',
      /^must not mix scripts, .*(U\+04[0-9A-F]{2} \(Cyrillic\)(, )?){5} among/,
    ],
  ])('may not be %s', (name, says) => expect(issueOfScripts(name)).toMatch(says));
});
