import { getDataType, type InternalSchemaElement, isDataTypeLoaded } from '@medplum/core';
import { loadDefinitions } from './definitions.ts';

/** R4's definition of a member of a JSON object. */
interface Member {
  /** The type of its value; `Element` for a member such as `_birthDate`, which accompanies a primitive. */
  type: string;
  /** For a choice of types: the element, such as `value[x]`, and the type that this member chooses. */
  choice?: { element: string; type: string };
  /** For a Reference: the profiles of the resources to which it may lead; undefined: to any. */
  targets?: readonly string[];
}

/** Members by their names in JSON. */
export type Members = ReadonlyMap<string, Member>;

const none: Members = new Map();

/** Members by type. It grows no further than R4 has types. */
const known = new Map<string, Members>();

/** The members that a JSON object of `type` may have; none for a type that R4 does not know. */
export function membersOf(type: string): Members {
  const found = known.get(type);
  if (found) return found;
  loadDefinitions();
  if (!isDataTypeLoaded(type)) return none;
  // `getDataType` answers for names such as `constructor` too, which its table inherits: they have no elements.
  const elements = getDataType(type).elements ?? {};
  const members = new Map(Object.entries(elements).flatMap(([name, { type: types }]) => membersFor(name, types)));
  known.set(type, members);
  return members;
}

/** @see https://hl7.org/fhir/R4/formats.html#choice */
function membersFor(element: string, types: InternalSchemaElement['type']): [string, Member][] {
  if (!element.endsWith('[x]')) {
    const [only] = types;
    return withElement(element, { type: only?.code ?? '', ...targetsOf(only) });
  }
  return types.flatMap((type) =>
    withElement(`${element.slice(0, -3)}${type.code.charAt(0).toUpperCase()}${type.code.slice(1)}`, {
      type: type.code,
      choice: { element, type: type.code },
      ...targetsOf(type),
    }),
  );
}

function targetsOf(type: InternalSchemaElement['type'][number] | undefined): Pick<Member, 'targets'> {
  return type?.targetProfile && type.targetProfile.length > 0 ? { targets: type.targetProfile } : {};
}

/**
 * A member and, for a primitive, the `_` member with its id and extensions.
 * @see https://hl7.org/fhir/R4/json.html#primitive
 */
function withElement(name: string, member: Member): [string, Member][] {
  return [
    [name, member],
    [`_${name}`, { ...member, type: 'Element' }],
  ];
}
