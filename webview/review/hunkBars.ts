import { editor } from 'monaco-editor/editor.js';
import { html, nothing, render, type TemplateResult } from 'lit';
import type { ShownHunk } from './diffDocument.ts';
import { reviewWords } from './reviewWords.ts';

export type HunkPress = (what: 'keep' | 'undo', hunk: ShownHunk) => void;

/** What the bars are made of: they are drawn anew whenever one of these changes. */
export interface BarState {
  readonly hunks: readonly ShownHunk[];
  readonly current: number;
  readonly canDecide: boolean;
  /** Whether a hunk can be undone by itself. */
  readonly byHunk: boolean;
}

/**
 * A bar with Keep and Undo at the first line of every hunk, at the right edge of the diff. Only those in view exist, so
 * that a file of hundreds of hunks scrolls as lightly as any; keys reach the others.
 */
export class HunkBars {
  readonly #editor: editor.IStandaloneDiffEditor;
  readonly #press: HunkPress;
  readonly #node = document.createElement('div');
  readonly #subscriptions: { dispose(): void }[];
  #state: BarState = { hunks: [], current: 0, canDecide: false, byHunk: false };

  constructor(diff: editor.IStandaloneDiffEditor, press: HunkPress) {
    this.#editor = diff;
    this.#press = press;
    this.#node.className = 'hunk-bars';
    const modified = diff.getModifiedEditor();
    modified.addOverlayWidget({
      getId: () => 'tokenfare.hunkBars',
      getDomNode: () => this.#node,
      getPosition: () => null,
    });
    const draw = (): void => {
      this.#draw();
    };
    this.#subscriptions = [modified.onDidScrollChange(draw), modified.onDidLayoutChange(draw)];
    this.#subscriptions.push(modified.onDidChangeHiddenAreas(draw));
  }

  show(state: BarState): void {
    this.#state = state;
    this.#draw();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#node.remove();
  }

  #draw(): void {
    const modified = this.#editor.getModifiedEditor();
    const { height, verticalScrollbarWidth } = modified.getLayoutInfo();
    const [top, line] = [modified.getScrollTop(), modified.getOption(editor.EditorOption.lineHeight)];
    const inView = this.#state.hunks
      .map((hunk) => ({ hunk, at: topOf(modified, hunk) - top }))
      .filter(({ at }) => at > -line && at < height);
    render(
      inView.map(({ hunk }) => this.#bar(hunk)),
      this.#node,
    );
    this.#node.style.right = `${verticalScrollbarWidth + EDGE_PIXELS}px`;
    for (const [index, { at }] of inView.entries()) {
      const bar = this.#node.children[index];
      // The page's policy lets scripts set styles, not attributes.
      if (bar instanceof HTMLElement) bar.style.top = `${Math.round(at)}px`;
    }
  }

  #bar(hunk: ShownHunk): TemplateResult {
    const { current, canDecide, byHunk, hunks } = this.#state;
    const name = reviewWords.hunk(hunk.number, hunks.length);
    const classes = `hunk-bar ${hunk.number === current ? 'current' : ''} ${hunk.kept ? 'kept' : ''} ${hunk.kind}`;
    if (hunk.kind === 'later') {
      return html`<div class=${classes} role="group" aria-label=${name}><span>${reviewWords.laterEdit}</span></div>`;
    }
    const button = (what: 'keep' | 'undo', label: string, title: string): TemplateResult =>
      html`<button
        type="button"
        title=${title}
        @click=${() => {
          this.#press(what, hunk);
        }}
      >
        ${label}
      </button>`;
    return html`<div class=${classes} role="group" aria-label=${name}>
      ${hunk.kept ? html`<span>${reviewWords.kept}</span>` : nothing}
      ${hunk.kind === 'mixed' ? html`<span>${reviewWords.mixed}</span>` : nothing}
      ${
        canDecide
          ? [
              hunk.kept ? nothing : button('keep', reviewWords.keep, reviewWords.keepHunkHint),
              byHunk ? button('undo', reviewWords.undo, reviewWords.undoHunkHint) : nothing,
            ]
          : nothing
      }
    </div>`;
  }
}

const EDGE_PIXELS = 6;

/** Where a hunk begins, lines that are only shown as removed included. */
function topOf(modified: editor.ICodeEditor, { now }: ShownHunk): number {
  const lines = modified.getModel()?.getLineCount() ?? 1;
  const line = now.start + 1;
  return line > lines ? modified.getBottomForLineNumber(lines) : modified.getTopForLineNumber(line, true);
}
