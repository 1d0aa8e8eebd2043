/** The content type of a JSON Patch. @see https://www.rfc-editor.org/rfc/rfc6902#section-6 */
export const jsonPatchType = 'application/json-patch+json';
