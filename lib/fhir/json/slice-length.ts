/** How much of a text is read at once where others have their turns in between, in UTF-16 units: about a millisecond. */
export const sliceLength = 64 * 1024;
