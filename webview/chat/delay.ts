/** Runs the latest of what it is given, once nothing newer came for a while. The timer is passed in. */
export class Delay {
  readonly #timer: Timer;
  #stop: (() => void) | null = null;

  constructor(timer: Timer) {
    this.#timer = timer;
  }

  start(milliseconds: number, run: () => void): void {
    this.cancel();
    this.#stop = this.#timer(milliseconds, () => {
      this.#stop = null;
      run();
    });
  }

  cancel(): void {
    this.#stop?.();
    this.#stop = null;
  }
}

/** Runs something after a while and gives back how to call it off. */
export type Timer = (milliseconds: number, run: () => void) => () => void;
