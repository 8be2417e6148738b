import manifest from '../../package.json' with { type: 'json' };

/** Where an embedded backend's person asks for help. */
export const issueTracker: string = manifest.bugs.url;
