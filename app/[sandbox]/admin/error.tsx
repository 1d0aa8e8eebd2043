'use client';

/** Shows the root error page inside the workspace's frame, whose navigation leads on. */
export { default } from '../../error.tsx';
