import { editor, Uri } from 'monaco-editor/editor.js';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { LightElement } from '../components/lightElement.ts';
import { diffMappings } from './diffMappings.ts';
import type { DiffDocument } from './diffDocument.ts';
import { HunkBars, type HunkPress } from './hunkBars.ts';
import { reviewWords } from './reviewWords.ts';

export type TextsDocument = Extract<DiffDocument, { kind: 'texts' }>;

/** Monaco's diff editor with a bar at every hunk. What a hunk is comes from the document, not from Monaco. */
export class DiffView extends LightElement {
  static override properties = {
    path: { attribute: false },
    shown: { attribute: false },
    sideBySide: { attribute: false },
    current: { attribute: false },
    canDecide: { attribute: false },
  };
  declare path: string;
  declare shown: TextsDocument;
  declare sideBySide: boolean;
  /** The number of the hunk that keys and buttons mean; 0 is none yet. */
  declare current: number;
  /** Whether hunks can be kept and undone by themselves. */
  declare canDecide: boolean;
  declare press: HunkPress;
  #editor: editor.IStandaloneDiffEditor | null = null;
  #bars: HunkBars | null = null;

  /** Brings a hunk into view and gives the text the focus, so that keys go on from there. */
  reveal(number: number, { focus }: { focus: boolean }): void {
    const hunk = this.shown.hunks[number - 1];
    const modified = this.#editor?.getModifiedEditor();
    if (hunk === undefined || modified === undefined) return;
    const line = Math.max(1, Math.min(hunk.now.start + 1, modified.getModel()?.getLineCount() ?? 1));
    modified.setPosition({ lineNumber: line, column: 1 });
    modified.revealLinesInCenterIfOutsideViewport(line, line + Math.min(hunk.now.count, REVEALED_LINES));
    if (focus) modified.focus();
  }

  /** Takes over fonts and colours once more. */
  restyle(): void {
    this.#editor?.updateOptions(fonts(this));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#bars?.dispose();
    this.#dropModels();
    this.#editor?.dispose();
    this.#editor = null;
  }

  protected override render(): TemplateResult {
    return html`<div class="diff-editor"></div>`;
  }

  protected override firstUpdated(): void {
    const place = this.querySelector<HTMLElement>('.diff-editor');
    if (place === null) return;
    const hunks = { createDiffProvider: () => this.#provider() };
    this.#editor = editor.createDiffEditor(place, { ...quiet, ...fonts(this) }, { diffProviderFactoryService: hunks });
    this.#bars = new HunkBars(this.#editor, (what, hunk) => {
      this.press(what, hunk);
    });
    this.#editor.onDidUpdateDiff(() => {
      this.#nameSides();
      this.#placeBars();
    });
    this.#editor.getModifiedEditor().onDidLayoutChange(() => {
      this.#nameSides();
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('sideBySide')) this.#editor?.updateOptions({ renderSideBySide: this.sideBySide });
    if (changed.has('path') || changed.has('shown')) this.#show(changed.get('path') === this.path);
    else if (changed.has('current') || changed.has('canDecide')) this.#placeBars();
  }

  #provider() {
    return {
      onDidChange: () => ({ dispose: () => undefined }),
      computeDiff: (before: editor.ITextModel, now: editor.ITextModel) => {
        const lines = { before: before.getLinesContent(), now: now.getLinesContent() };
        const changes = diffMappings(this.shown.hunks, lines);
        return Promise.resolve({ changes, moves: [], identical: changes.length === 0, quitEarly: false });
      },
      dispose: () => undefined,
    };
  }

  /** New texts are a new pair of models; where the file is the same one, the view stays where it was. */
  #show(isSameFile: boolean): void {
    if (this.#editor === null) return;
    const state = isSameFile ? this.#editor.saveViewState() : null;
    this.#dropModels();
    const model = (side: string, text: string): editor.ITextModel =>
      editor.createModel(text, undefined, Uri.from({ scheme: 'review', authority: side, path: `/${this.path}` }));
    const models = { original: model('before', this.shown.before), modified: model('now', this.shown.now) };
    this.#editor.setModel(models);
    if (state !== null) this.#editor.restoreViewState(state);
  }

  /** Monaco takes the names away whenever it changes between one side and two. */
  #nameSides(): void {
    this.#editor?.getOriginalEditor().updateOptions({ ariaLabel: reviewWords.before(this.path) });
    this.#editor?.getModifiedEditor().updateOptions({ ariaLabel: reviewWords.now(this.path) });
  }

  #dropModels(): void {
    const models = this.#editor?.getModel();
    this.#editor?.setModel(null);
    models?.original.dispose();
    models?.modified.dispose();
  }

  #placeBars(): void {
    const { hunks, byHunk } = this.shown;
    this.#bars?.show({ hunks, current: this.current, canDecide: this.canDecide, byHunk });
  }
}

/** Of a long hunk its beginning is enough to go on reading. */
const REVEALED_LINES = 12;

const quiet: editor.IStandaloneDiffEditorConstructionOptions = {
  automaticLayout: true,
  readOnly: true,
  domReadOnly: true,
  originalEditable: false,
  useInlineViewWhenSpaceIsLimited: true,
  renderSideBySideInlineBreakpoint: 560,
  hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 4 },
  ignoreTrimWhitespace: false,
  renderMarginRevertIcon: false,
  renderGutterMenu: false,
  scrollBeyondLastLine: false,
  minimap: { enabled: false },
  stickyScroll: { enabled: false },
  contextmenu: false,
  links: false,
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  renderLineHighlight: 'none',
  folding: false,
  glyphMargin: false,
  lineNumbersMinChars: 3,
  tabFocusMode: true,
  theme: 'tokenfare',
};

function fonts(page: HTMLElement): { fontFamily: string; fontSize: number } {
  const style = getComputedStyle(page);
  const size = Number.parseFloat(style.getPropertyValue('--vscode-editor-font-size'));
  return {
    fontFamily: style.getPropertyValue('--vscode-editor-font-family') || 'monospace',
    fontSize: Number.isFinite(size) ? size : DEFAULT_FONT_SIZE,
  };
}

/** VS Code's own default on most systems, in pixels. */
const DEFAULT_FONT_SIZE = 13;
