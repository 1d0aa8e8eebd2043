/** The upload to which a part belongs ended before the part was written. */
export class ImportEnded extends Error {
  constructor() {
    super(
      'This import has ended meanwhile: it was given up, or the sandbox was reset. Nothing of this part was written.',
    );
  }
}
