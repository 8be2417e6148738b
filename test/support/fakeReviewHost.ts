import { createBirpc } from 'birpc';
import { checkedCalls } from '../../src/protocol/checkedCalls.ts';
import {
  reviewExtensionCalls,
  reviewPageCalls,
  type DiffLayout,
  type FileSides,
  type Outcome,
  type Review,
  type ReviewExtensionCalls,
  type ReviewPageCalls,
} from '../../src/protocol/review.ts';
import type { RollbackPreview } from '../../src/protocol/rollbackPreview.ts';
import { rollbackPreview } from './chatSnapshots.ts';

/** The extension's side of the review page: answers as told, remembers what was asked, says what a test says. */
export class FakeReviewHost {
  readonly asked: { name: keyof ReviewExtensionCalls; args: unknown[] }[] = [];
  readonly page: ReviewPageCalls;
  scene: ReviewScene;
  layout: DiffLayout = { sideBySide: true, ignoresBlanks: false };
  /** What the dry run says otherwise than usual. */
  preview: Partial<RollbackPreview> = {};
  outcome: Outcome = { kind: 'done', files: 1, damaged: [] };
  /** Calls that fail, as with a fault in the extension. */
  readonly broken = new Set<keyof ReviewExtensionCalls>();
  #receive: (message: unknown) => void = () => undefined;

  constructor(scene: ReviewScene, post: (message: unknown) => Promise<void>) {
    this.scene = scene;
    this.page = createBirpc<ReviewPageCalls, ReviewExtensionCalls>(checkedCalls(reviewExtensionCalls, this.#calls()), {
      post,
      on: (receive) => {
        this.#receive = receive;
      },
      eventNames: Object.keys(reviewPageCalls) as (keyof ReviewPageCalls)[],
    });
  }

  /** Hears what the page posted. */
  hear(message: unknown): void {
    this.#receive(message);
  }

  /** The arguments of every call of one name so far. */
  callsOf(name: keyof ReviewExtensionCalls): unknown[][] {
    return this.asked.filter((call) => call.name === name).map((call) => call.args);
  }

  show(scene: ReviewScene): void {
    this.scene = scene;
    this.page.review(scene.review);
  }

  #calls(): ReviewExtensionCalls {
    const quiet = Object.fromEntries(
      (Object.keys(reviewExtensionCalls) as (keyof ReviewExtensionCalls)[]).map((name) => [
        name,
        () => Promise.resolve(null),
      ]),
    ) as unknown as ReviewExtensionCalls;
    const calls: ReviewExtensionCalls = {
      ...quiet,
      ready: () => Promise.resolve({ review: this.scene.review, file: null, layout: this.layout }),
      sides: (path) => Promise.resolve(this.scene.sides(path)),
      previewRollback: (scope) => Promise.resolve({ ...rollbackPreview(), ...this.preview, scope }),
      undo: () => Promise.resolve(this.outcome),
      redo: () => Promise.resolve(this.outcome),
    };
    return new Proxy(calls, {
      get: (target, name: keyof ReviewExtensionCalls) =>
        this.#recorded(name, target[name] as (...args: unknown[]) => unknown),
    });
  }

  #recorded(name: keyof ReviewExtensionCalls, call: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
    return (...args) => {
      this.asked.push({ name, args });
      if (this.broken.has(name)) throw new Error('a fault in the extension');
      return call(...args);
    };
  }
}

/** A review and the texts behind it. */
export interface ReviewScene {
  readonly review: Review;
  readonly sides: (path: string) => FileSides;
}
