import type { CommandWriter } from '../commands.ts';

/**
 * Ends the calls that no process looks after any more: all that are open when the only process starts, later those
 * whose lease ran out.
 */
export class Recovery {
  readonly #options: { writer: CommandWriter; owner: string; onFault: (error: unknown) => void };
  readonly #timer: NodeJS.Timeout;

  constructor(options: { writer: CommandWriter; owner: string; onFault: (error: unknown) => void }) {
    this.#options = options;
    this.#timer = setInterval(this.#look, LOOK_MS);
    this.#timer.unref();
  }

  /** Ends everything that an earlier process left; the database is ours alone, so whatever is open was its. */
  async atStart(): Promise<void> {
    while ((await this.#recover({ onlyOwner: true })) > 0);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  readonly #look = (): void => {
    this.#recover({ onlyOwner: false }).catch(this.#options.onFault);
  };

  #recover({ onlyOwner }: { onlyOwner: boolean }): Promise<number> {
    const { writer, owner } = this.#options;
    return writer.submit('recover', { owner, onlyOwner });
  }
}

/** A lease is half a minute; its end is seen soon after. */
const LOOK_MS = 5_000;
