/** `npm run notices`: writes NOTICE anew, for the packages of the lockfile. */
import { readFileSync, writeFileSync } from 'node:fs';
import { noticeText } from '#scripts/notices/notice.ts';

writeFileSync('NOTICE', noticeText(JSON.parse(readFileSync('package-lock.json', 'utf8'))));
console.log('NOTICE is written.');
