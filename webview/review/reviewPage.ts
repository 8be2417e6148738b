import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { RollbackPreview } from '../../src/protocol/rollbackPreview.ts';
import type { DiffLayout, FileSides, Outcome, Review, ReviewedFile } from '../../src/protocol/review.ts';
import type { RollbackView } from '../chat/rollbackView.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import { spinner } from '../components/spinner.ts';
import type { AskReview } from './askReview.ts';
import { decidingOf, decisionsOf, type Deciding } from './deciding.ts';
import { diffDocument, type DiffDocument, type ShownHunk } from './diffDocument.ts';
import type { DiffView } from './diffView.ts';
import { fileHeadView } from './fileHeadView.ts';
import { fileListView } from './fileListView.ts';
import { headView } from './headView.ts';
import { noDiffView } from './noDiffView.ts';
import { reviewKey, type ReviewStep } from './reviewKey.ts';
import { keepsAll, neighbour, nextHunk, nextPending, undoOfHunk, type WantedUndo } from './reviewSteps.ts';
import { reviewWords } from './reviewWords.ts';

type Generation = Extract<Review, { kind: 'generation' }>;

/** The whole review page: what a message changed, file by file, and what is to become of it. */
export class ReviewPage extends LightElement {
  static override properties = {
    review: { attribute: false },
    layout: { attribute: false },
    problem: { attribute: false },
    selected: { state: true },
    known: { state: true },
    current: { state: true },
    deciding: { state: true },
    preview: { state: true },
    said: { state: true },
  };
  declare review: Review | null;
  declare layout: DiffLayout;
  declare problem: string;
  declare ask: AskReview;
  declare keepLayout: (layout: DiffLayout) => void;
  /** Remembers the file, for when the editor takes the page away and brings it back. */
  declare keepSelected: (path: string) => void;
  declare selected: string;
  /** The texts of the selected file, as far as they have arrived. */
  declare known: { readonly path: string; readonly version: number; readonly sides: FileSides } | null;
  declare current: number;
  declare deciding: Deciding | null;
  declare preview: RollbackPreview | null;
  declare said: string;
  #document: DiffDocument | null = null;
  #asked: ReviewedFile | null = null;

  constructor() {
    super();
    this.review = null;
    this.layout = { sideBySide: true, ignoresBlanks: false };
    this.problem = '';
    this.selected = '';
    this.known = null;
    this.current = 0;
    this.deciding = null;
    this.preview = null;
    this.said = '';
  }

  /** Shows a file of the review, its first change first. */
  select(path: string): void {
    this.selected = path;
    this.current = 1;
    this.deciding = null;
  }

  /** Takes over the editor's fonts once more. */
  restyle(): void {
    this.#diff?.restyle();
  }

  get #generation(): Generation | null {
    return this.review?.kind === 'generation' ? this.review : null;
  }

  get #file(): ReviewedFile | null {
    return this.#generation?.files.find(({ path }) => path === this.selected) ?? null;
  }

  get #files(): readonly ReviewedFile[] {
    return this.#generation?.files ?? [];
  }

  get #hunks(): readonly ShownHunk[] {
    return this.#document?.kind === 'texts' ? this.#document.hunks : [];
  }

  get #canDecide(): boolean {
    return this.#generation?.canUndo === true && !this.#generation.running;
  }

  get #diff(): DiffView | null {
    return this.querySelector<DiffView>('tokenfare-diff');
  }

  protected override firstUpdated(): void {
    window.addEventListener('keydown', (event) => {
      const step = reviewKey(event);
      if (step === null || this.deciding !== null || this.#generation === null) return;
      event.preventDefault();
      this.#step(step, true);
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('review')) this.#follow(changed.get('review') ?? null);
    this.#document = this.#documentOf(this.#file);
    this.current = Math.min(this.current, this.#hunks.length);
    if (this.current === 0 && this.#hunks.length > 0) this.current = 1;
    this.#load(this.#file);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('selected')) this.keepSelected(this.selected);
    if (changed.has('known') && changed.get('known')?.path !== this.known?.path) this.#reveal(false);
  }

  protected override render(): TemplateResult {
    return html`<div class="review-page">
      ${this.review === null ? this.#startingView() : this.#reviewView(this.review)}
      <div class="sr-only" role="status">${this.said}</div>
    </div>`;
  }

  /** Another generation begins anew; a file that is gone gives way to the first that waits. */
  #follow(before: Review | null): void {
    const generation = this.#generation;
    if (generation === null) return;
    if (before?.kind === 'generation' && before.id !== generation.id) [this.deciding, this.preview] = [null, null];
    if (this.preview !== null) this.#renewPreview(this.preview.scope);
    if (this.#file !== null) return;
    this.select(nextPending(generation.files, '') ?? generation.files[0]?.path ?? '');
  }

  /** The dry run that is shown, as it would be now. */
  #renewPreview(scope: RollbackPreview['scope']): void {
    this.ask(async (extension) => {
      const preview = await extension.previewRollback(scope);
      if (this.preview !== null) this.preview = preview;
    });
  }

  #documentOf(file: ReviewedFile | null): DiffDocument | null {
    if (file === null || this.known?.path !== file.path) return null;
    const { keptHunks, state } = file;
    return diffDocument(this.known.sides, {
      keptHunks,
      isKept: state === 'kept',
      ignoresBlanks: this.layout.ignoresBlanks,
    });
  }

  /** Asks for the texts of a file where they are not known, or have changed. */
  #load(file: ReviewedFile | null): void {
    const isAsked = this.#asked?.path === file?.path && this.#asked?.version === file?.version;
    if (file === null || file.kind === 'outside' || isAsked) return;
    this.#asked = file;
    const { path, version } = file;
    this.ask(async (extension) => {
      const sides = await extension.sides(path);
      if (this.#asked === file) this.known = { path, version, sides };
    });
  }

  #startingView(): TemplateResult {
    return this.problem === '' ? sentenceAlone(html`${spinner()} ${reviewWords.loading}`) : this.#problemView();
  }

  #reviewView(review: Review): TemplateResult {
    if (review.kind === 'nothing') return sentenceAlone(reviewWords.nothing);
    if (review.kind === 'lost') return sentenceAlone(reviewWords.lost(review));
    return html`${headView(review, this.#canDecide, {
        keepAll: () => {
          this.#keepFiles(null);
        },
        undoAll: () => {
          this.#undo({ files: standing(review.files), hunks: null });
        },
        rollBack: () => {
          this.ask(async (extension) => (this.preview = await extension.previewRollback('since')));
        },
        redo: () => {
          this.#act((extension) => extension.redo(), reviewWords.redone);
        },
      })}
      ${this.problem === '' ? nothing : this.#problemView()} ${this.#rollbackView()}
      <div class="review-body">
        ${fileListView(review.files, this.selected, (path) => {
          this.select(path);
        })}
        <main>${this.deciding === null ? this.#fileView(review) : this.#decidingView(this.deciding)}</main>
      </div>`;
  }

  #problemView(): TemplateResult {
    return html`<p class="notice error" role="alert">
      ${this.problem}
      ${linkButton(reviewWords.showLog, () => {
        this.ask((extension) => extension.showLog());
      })}
    </p>`;
  }

  #rollbackView(): TemplateResult | typeof nothing {
    if (this.preview === null) return nothing;
    return html`<section aria-label=${reviewWords.rollBack}>
      <tokenfare-rollback .preview=${this.preview} .ask=${this.#askRollback}></tokenfare-rollback>
    </section>`;
  }

  /** The dry run is the chat's; here the page itself keeps what it shows. */
  readonly #askRollback: RollbackView['ask'] = (call) => {
    this.ask((extension) =>
      call({
        previewRollback: async (_id, scope) => {
          this.preview = await extension.previewRollback(scope ?? 'since');
        },
        rollBack: async (request) => {
          await extension.rollBack(request);
          this.preview = null;
        },
        cancelRollback: () => {
          this.preview = null;
          return Promise.resolve();
        },
      }),
    );
  };

  #fileView(review: Generation): TemplateResult {
    const file = this.#file;
    if (file === null) {
      return html`<p class="plain">${review.running ? reviewWords.noFiles : reviewWords.noFilesLeft}</p>`;
    }
    const document = this.#document;
    return html`${fileHeadView({
      file,
      document,
      current: this.current,
      layout: this.layout,
      canDecide: this.#canDecide,
      step: (step) => {
        this.#step(step, false);
      },
      setLayout: (layout) => {
        this.keepLayout(layout);
      },
      keepFile: () => {
        this.#keepFiles([file.path]);
      },
      undoFile: () => {
        this.#undo({ files: [file.path], hunks: null });
      },
      openFile: () => {
        this.ask((extension) => extension.openFile({ path: file.path, line: this.#currentLine() }));
      },
    })}
    ${this.#noteView(document)} ${noDiffView(file, document)}
    ${document?.kind === 'texts' && document.hunks.length > 0 ? this.#diffView(file, document) : nothing}`;
  }

  #noteView(document: DiffDocument | null): (TemplateResult | typeof nothing)[] {
    if (document?.kind !== 'texts' || document.hunks.length === 0) return [];
    const note = (sentence: string): TemplateResult => html`<p class="note">${sentence}</p>`;
    return [
      document.isCoarse ? note(reviewWords.coarse) : nothing,
      document.byHunk ? nothing : note(reviewWords.onlyWhole),
      document.blankOnly > 0 ? note(reviewWords.blankOnly(document.blankOnly)) : nothing,
    ];
  }

  #diffView({ path }: ReviewedFile, document: DiffDocument & { kind: 'texts' }): TemplateResult {
    return html`<tokenfare-diff
      .path=${path}
      .shown=${document}
      .sideBySide=${this.layout.sideBySide}
      .current=${this.current}
      .canDecide=${this.#canDecide}
      .press=${(what: 'keep' | 'undo', hunk: ShownHunk) => {
        this.current = hunk.number;
        this.#decide(what, hunk);
      }}
    ></tokenfare-diff>`;
  }

  #decidingView(deciding: Deciding): TemplateResult {
    return html`<tokenfare-deciding
      .deciding=${deciding}
      .change=${(next: Deciding) => (this.deciding = next)}
      .cancel=${() => (this.deciding = null)}
      .undo=${() => {
        this.#undo(deciding.wanted, deciding);
      }}
    ></tokenfare-deciding>`;
  }

  #currentLine(): number {
    return (this.#hunks[this.current - 1]?.now.start ?? 0) + 1;
  }

  #step(step: ReviewStep, focus: boolean): void {
    if (step === 'keep' || step === 'undo') return this.#decide(step, this.#hunks[this.current - 1]);
    const down = step === 'nextHunk' || step === 'nextFile';
    const next = this.current + (down ? 1 : -1);
    if ((step === 'nextHunk' || step === 'previousHunk') && next >= 1 && next <= this.#hunks.length) {
      this.current = next;
      return this.#reveal(focus);
    }
    const path = neighbour(this.#files, this.selected, down ? 1 : -1);
    if (path !== null) this.select(path);
  }

  #reveal(focus: boolean): void {
    void Promise.all([this.updateComplete, customElements.whenDefined('tokenfare-diff')]).then(async () => {
      await this.#diff?.updateComplete;
      this.#diff?.reveal(this.current, { focus });
    });
  }

  #decide(what: 'keep' | 'undo', hunk: ShownHunk | undefined): void {
    const [file, document] = [this.#file, this.#document];
    if (hunk === undefined || hunk.kind === 'later' || document?.kind !== 'texts' || !this.#canDecide) return;
    if (what === 'undo') {
      if (file !== null && document.byHunk) this.#undo(undoOfHunk(file, document, hunk));
      return;
    }
    if (keepsAll(document, hunk.own)) return this.#keepFiles([this.selected]);
    const path = this.selected;
    this.ask((extension) => extension.keepHunks(path, [...hunk.own]));
    this.current = nextHunk(document.hunks, hunk.number);
    this.#reveal(false);
  }

  #keepFiles(paths: readonly string[] | null): void {
    this.ask((extension) => extension.keepFiles(paths === null ? null : [...paths]));
    if (paths !== null) this.#goOn();
  }

  #undo(wanted: WantedUndo, by: Deciding | null = null): void {
    const decisions = by === null ? {} : decisionsOf(by);
    this.#act((extension) => extension.undo({ ...wanted, decisions }), reviewWords.undone, wanted);
  }

  /** Does what changes files, and says how it ended: done, a problem, or places that have to be decided first. */
  #act(
    call: (extension: Parameters<Parameters<AskReview>[0]>[0]) => Promise<Outcome>,
    words: (files: number) => string,
    wanted?: WantedUndo,
  ): void {
    this.ask(async (extension) => {
      const outcome = await call(extension);
      if (outcome.kind === 'problem') this.problem = outcome.message;
      if (outcome.kind === 'conflicts' && wanted !== undefined) {
        const sides = outcome.paths.map(async (path) => ({ path, sides: await extension.sides(path) }));
        this.deciding = decidingOf(wanted, await Promise.all(sides));
      }
      if (outcome.kind !== 'done') return;
      this.deciding = null;
      this.said = words(outcome.files);
      if (outcome.damaged.length > 0) this.problem = reviewWords.leftDamaged(outcome.damaged);
      if (wanted?.files.length === 1) this.#goOn();
    });
  }

  /** A file is decided: the next that waits is shown. */
  #goOn(): void {
    const next = nextPending(this.#files, this.selected);
    if (next !== null) this.select(next);
  }
}

function sentenceAlone(sentence: string | TemplateResult): TemplateResult {
  return html`<main>
    <h1 class="sr-only">${reviewWords.title}</h1>
    <p class="plain">${sentence}</p>
  </main>`;
}

function standing(files: readonly ReviewedFile[]): string[] {
  return files.filter(({ state, kind }) => state !== 'undone' && kind !== 'outside').map(({ path }) => path);
}
