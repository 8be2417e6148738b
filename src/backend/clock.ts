/** Milliseconds since 1970 in UTC. Passed in wherever time matters, so that tests can step it. */
export type Clock = () => number;
