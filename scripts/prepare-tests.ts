/** Before the tests of each project: what is generated is there and fresh, however the tests were started. */
export { ensureGenerated as default } from '#scripts/prepare.ts';
