'use client';

/** The root error page inside the workspace's frame, so that one can go elsewhere from it. */
export { default } from '../../error.tsx';
