import { isDeepStrictEqual } from 'node:util';
import { applyPatch, type Operation, Pointer } from 'rfc6902';
import { FhirError, invalid, quote } from '../fhir-error.ts';
import { ExcessiveJson, parseExactly } from '../json/exact-json.ts';
import { textWithSymbols, withNumbersAsSymbols } from '../json/number-symbols.ts';
import { findUnsafeStructure } from '../validation/validation.ts';

/** Limits on the cost of one patch: its operations, and the characters it may copy, move or test in all. */
const maxOperations = 1000;
const maxCarried = 10 * 1024 * 1024;

/** A patch must not nest a resource deeper than the validator accepts. */
const maxDepth = 100;

/** A JSON Patch whose operations are known to be well-formed. */
export type JsonPatch = readonly Operation[];

const members = new Map<string, string[]>(
  Object.entries<string[]>({
    add: ['path', 'value'],
    copy: ['from', 'path'],
    move: ['from', 'path'],
    remove: ['path'],
    replace: ['path', 'value'],
    test: ['path', 'value'],
  }),
);

/**
 * Reads a JSON Patch document.
 * @throws FhirError 400 that names the malformed operation.
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function readJsonPatch(body: unknown): JsonPatch {
  if (!Array.isArray(body)) throw invalid('A JSON Patch is an array of operations.');
  if (body.length > maxOperations) {
    throw new FhirError(
      400,
      'too-costly',
      `A patch may have ${maxOperations} operations; this one has ${body.length}.`,
    );
  }
  for (const [index, operation] of body.entries()) {
    const problem = problemOf(operation);
    if (problem) throw invalid(`Operation ${index} of the patch ${problem}.`);
  }
  return body;
}

function problemOf(operation: unknown): string | undefined {
  if (typeof operation !== 'object' || operation === null) return 'is no object';
  const { op } = operation as { op?: unknown };
  if (typeof op !== 'string' || !members.has(op)) {
    return `has no "op" that is one of ${[...members.keys()].join(', ')}`;
  }
  const missing = members.get(op)?.find((member) => !Object.hasOwn(operation, member));
  if (missing) return `has no ${quote(missing)}`;
  const unsafe = findUnsafeStructure(operation, op);
  if (unsafe) return `has a value that no resource may have: ${unsafe.diagnostics}`;
  const pointers = Object.entries(operation).filter(([member]) => member === 'path' || member === 'from');
  const wrong = pointers.find(([, pointer]) => typeof pointer !== 'string' || !/^(\/|$)/.test(pointer));
  return wrong && `has a ${quote(wrong[0])} that is no JSON Pointer: one begins with "/"`;
}

/**
 * Applies `patch` to a copy of `document` and returns the copy.
 * @throws FhirError 422 that names the operation that cannot be applied, and its path.
 */
export function patched(document: object, patch: JsonPatch): unknown {
  const result = withNumbersAsSymbols(document);
  let carried = 0;
  for (const [index, sent] of patch.entries()) {
    const operation = withNumbersAsSymbols(sent);
    const problem = misplaced(result, operation);
    if (problem) throw unprocessable(index, operation, problem);
    carried += carriedBy(result, operation);
    if (carried > maxCarried) throw unprocessable(index, operation, 'carries more than a resource may hold');
    const reason = applied(result, operation);
    if (reason) throw unprocessable(index, operation, reason);
  }
  return parsed(textWithSymbols(result));
}

function parsed(text: string): unknown {
  try {
    return parseExactly(text);
  } catch (thrown) {
    if (thrown instanceof ExcessiveJson)
      throw new FhirError(422, 'too-costly', `The patched resource ${thrown.message}.`);
    throw thrown;
  }
}

/**
 * Number of characters that an operation copies, moves or compares. Each copy can be copied again, and the whole
 * resource be tested by each operation, so the sum is bounded.
 */
function carriedBy(result: object, operation: Operation): number {
  const from = 'from' in operation ? operation.from : operation.op === 'test' ? operation.path : undefined;
  return from === undefined ? 0 : (textWithSymbols(Pointer.fromJSON(from).get(result)) ?? '').length;
}

function unprocessable(index: number, { op, path }: Operation, problem: string): FhirError {
  return new FhirError(422, 'processing', `Operation ${index} of the patch, ${op} ${quote(path)}, ${problem}.`);
}

/**
 * A value in which 1.0 and 1.00 are one number, as the `test` operation requires.
 * @see https://www.rfc-editor.org/rfc/rfc6902#section-4.6
 */
function asNumbers(value: unknown): unknown {
  return JSON.parse(textWithSymbols(value));
}

/**
 * Applies one operation in place and returns the reason if it reason. A reason `test` does not reveal the value found.
 */
function applied(result: object, operation: Operation): string | undefined {
  if (operation.op === 'test') {
    const { value } = Pointer.fromJSON(operation.path).evaluate(result);
    return isDeepStrictEqual(asNumbers(value), asNumbers(operation.value)) ? undefined : 'found another value';
  }
  const [error] = applyPatch(result, [operation]);
  return error ? 'cannot be done there' : undefined;
}

function misplaced(result: object, operation: Operation): string | undefined {
  const isNew = operation.op === 'add' || operation.op === 'copy' || operation.op === 'move';
  if (operation.path === '' && operation.op !== 'test') return 'speaks of the whole resource: send that as an update';
  if ('from' in operation && !leadsTo(result, operation.from, false)) return 'names a "from" that is not there';
  if (!leadsTo(result, operation.path, isNew)) return 'names what is not there';
  return isTooDeep(result, operation) ? `nests deeper than ${maxDepth} levels` : undefined;
}

function isTooDeep(result: object, operation: Operation): boolean {
  if (operation.op === 'test' || operation.op === 'remove') return false;
  const value = 'from' in operation ? Pointer.fromJSON(operation.from).get(result) : operation.value;
  return Pointer.fromJSON(operation.path).tokens.length + depthOf(value) > maxDepth;
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce((max, item) => Math.max(max, depthOf(item)), 0);
}

/** Whether a pointer leads to an existing value or, when `isNew`, to a place where one may be added. */
function leadsTo(result: object, pointer: string, isNew: boolean): boolean {
  const tokens = Pointer.fromJSON(pointer).tokens.slice(1);
  let at: unknown = result;
  for (const [index, token] of tokens.entries()) {
    if (!isPlace(at, token, isNew && index === tokens.length - 1)) return false;
    at = (at as Record<string, unknown>)[token];
  }
  return true;
}

/** Rejects inherited names and an array's `length`: writing there would change more than the resource. */
function isPlace(holder: unknown, token: string, isNew: boolean): boolean {
  if (typeof holder !== 'object' || holder === null) return false;
  if (!Array.isArray(holder)) return !(token in Object.prototype) && (isNew || Object.hasOwn(holder, token));
  if (token === '-') return isNew;
  return /^(0|[1-9]\d{0,8})$/.test(token) && Number(token) < holder.length + (isNew ? 1 : 0);
}
