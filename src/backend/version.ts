import manifest from '../../package.json' with { type: 'json' };

/** The version of backend and extension, which are released as one. */
export const version: string = manifest.version;
