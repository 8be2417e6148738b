import type { Failure } from '../../src/protocol/chat.ts';
import { LightElement } from '../components/lightElement.ts';
import { messageWords } from './messageWords.ts';

/** A provider that is waited for, and for how long still: counted down for the eye, and said to nobody by itself. */
export class BusyView extends LightElement {
  static override properties = { failure: { attribute: false } };
  declare failure: Extract<Failure, { kind: 'providerBusy' }>;
  #ticking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticking = setInterval(() => {
      this.requestUpdate();
    }, SECOND_MILLISECONDS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  protected override render(): string {
    return messageWords.failure({ ...this.failure, retryInSeconds: this.#secondsLeft() });
  }

  /** The editor's clock may be that of another machine, so that it can't make the wait longer than it is. */
  #secondsLeft(): number {
    const { retryInSeconds, retryAt } = this.failure;
    if (retryAt === undefined) return retryInSeconds;
    const left = Math.ceil((Date.parse(retryAt) - Date.now()) / SECOND_MILLISECONDS);
    return Math.min(retryInSeconds, Math.max(1, left));
  }
}

const SECOND_MILLISECONDS = 1_000;
