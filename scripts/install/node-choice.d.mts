export interface OwnNode {
  version: string;
  /** Undefined when it is there no more. */
  path: string | undefined;
  /** Platform and architecture, for the message. */
  machine: string;
}

export function isRecent(version: string): boolean;
export function chooseNode(own: OwnNode, packaged: string | undefined): string;
export function nodePackage(platform: string, architecture: string): string;
