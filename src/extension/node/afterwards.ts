/** Runs something after a while and gives back how to call it off. The process does not stay for it. */
export const afterwards: Timer = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds).unref();
  return () => {
    clearTimeout(timer);
  };
};

export type Timer = (milliseconds: number, run: () => void) => () => void;
