/** Which Node runs the server, in plain JavaScript that any Node understands. */

/** The first release that runs TypeScript files as they are, and that the packages support. */
const oldest = [22, 19];

/** Whether a version of Node, such as `22.19.0`, can run this: of the lines with long-term support, recent enough. */
export function isRecent(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major === oldest[0]) return minor >= oldest[1];
  return major > oldest[0] && major % 2 === 0;
}

/**
 * The path of the Node that runs the server: the machine's own if it is recent, for its owner keeps it up to date, and
 * else the one that came with the packages, whose hash the lockfile holds.
 * @param own version and path of the machine's Node; the path is undefined when that Node is there no more
 * @param packaged the path of the one among the packages; undefined when there is none for this machine
 * @throws Error that says what to install, when there is neither
 */
export function chooseNode(own, packaged) {
  if (own.path && isRecent(own.version)) return own.path;
  if (packaged) return packaged;
  throw new Error(
    `Node ${own.version} is too old, and the packages bring no other for ${own.machine}: install Node ${oldest.join('.')} or a later release with long-term support.`,
  );
}

/** The name of the package with Node for a machine; npm installs the one that fits. */
export function nodePackage(platform, architecture) {
  return `node-${platform === 'win32' ? 'win' : platform}-${architecture}`;
}
