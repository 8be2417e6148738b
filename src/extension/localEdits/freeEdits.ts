import * as vscode from 'vscode';
import type { PlanCandidate } from '../../core/localEdits/plan.ts';
import type { Focus, LocalEditPlan } from '../../core/localEdits/planLocalEdit.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { FreeEditOffer } from '../../protocol/freeEdit.ts';
import type { FileWrite } from '../chat/tools/toolFiles.ts';
import type { ChatSession } from '../chat/chatSession.ts';
import { generationFolder } from '../chat/workspaceFolder.ts';
import type { Savings } from '../meter/savings.ts';
import { afterwards } from '../node/afterwards.ts';
import { LocalEditPlanner } from '../node/localEditPlanner.ts';
import { ChangeApplier } from '../rollback/changeApplier.ts';
import type { Checkpoints } from '../rollback/checkpoints.ts';
import { fittingText } from '../rollback/fittingText.ts';
import type { LeftTexts } from '../rollback/leftTexts.ts';
import { textDifference } from '../rollback/textDifference.ts';
import { workspaceText } from '../rollback/workspaceText.ts';
import { CandidateGlance } from './candidateGlance.ts';
import { chooseCandidate } from './chooseCandidate.ts';
import { EditPreview } from './editPreview.ts';
import { StyleFiles, type StyleFile } from './styleFiles.ts';

export interface FreeEditParts {
  readonly session: ChatSession;
  readonly checkpoints: Checkpoints;
  readonly leftTexts: LeftTexts;
  readonly savings: Savings;
  readonly now: () => Date;
  readonly newId: () => string;
  /** The bundled planner's thread. */
  readonly plannerScript: string;
  /** What the same words would cost as a message. */
  readonly price: (prompt: string) => Millitokens;
  /** Hears that files of a folder were changed. */
  readonly changed: (folder: vscode.Uri) => void;
}

type Edit = Extract<LocalEditPlan, { kind: 'edit' }>;

/**
 * Style and text changes without a model: looked for while one types, applied as one undo step, rolled back like any
 * other.
 */
export class FreeEdits implements vscode.Disposable {
  readonly #parts: FreeEditParts;
  readonly #preview: EditPreview;
  readonly #folders = new Map<string, EditedFolder>();
  readonly #glance = new CandidateGlance();
  /** What was planned last: a person chooses among what they were shown. */
  #offered: { readonly text: string; readonly plan: LocalEditPlan; readonly focus: Focus | null } | null = null;

  constructor(parts: FreeEditParts) {
    this.#parts = parts;
    this.#preview = new EditPreview(parts.newId);
  }

  /** What a free edit would do to these words. */
  async offer(text: string): Promise<FreeEditOffer> {
    const plan = await this.plan(text);
    if (!plan || plan.kind === 'refusal') return { kind: 'none' };
    const saves = this.#parts.price(text);
    if (plan.kind === 'edit') return { kind: 'edit', places: placesOf(plan), saves };
    const candidates = plan.candidates.map(({ label, path, line }, id) => ({ id, label, path, line }));
    return { kind: 'choose', candidates, saves };
  }

  /** The planner's answer; null where nothing may be changed. */
  async plan(text: string): Promise<LocalEditPlan | null> {
    const folder = generationFolder();
    if (!folder || !vscode.workspace.isTrusted || text.trim() === '') return null;
    const { files, planner } = this.#inFolder(folder);
    const focus = focusIn(folder);
    const plan = await planner.plan(text, await files.read(), focus);
    this.#offered = { text, plan, focus };
    return plan;
  }

  /**
   * Does what was offered, planned anew on the files as they are now; `candidate` counts in that offer. Throws a
   * sentence if it would now be something else. Where several files change the person sees it first; false if they
   * discard it.
   */
  async apply(text: string, candidate: number | null): Promise<boolean> {
    const folder = generationFolder();
    if (!folder || !vscode.workspace.isTrusted) throw new Error(vscode.l10n.t('Open a folder first.'));
    await this.#glance.keep();
    const edit = await this.#currentEdit(text, candidate, folder);
    const planned = edit.edits.map((file) => ({ ...file, text: edit.texts.get(file.path) ?? '' }));
    const title = vscode.l10n.t('Free Edit');
    if (planned.length > 1 && !(await this.#preview.confirm(title, folder, planned))) return false;
    const id = this.#parts.newId();
    const applier = new ChangeApplier(this.#parts.checkpoints, this.#parts.leftTexts, { folder, id, prompt: text });
    try {
      await applier.edit(planned);
    } finally {
      await applier.commit();
    }
    const saved = this.#parts.price(text);
    await this.#tell({ prompt: text, id, folder, places: placesOf(edit), saved });
    await this.#parts.savings.add('edit-for-free', saved);
    return true;
  }

  /**
   * Changes one file as `change` says, once the person has seen what that changes, or makes it; false if they discard
   * it, or nothing changes. Throws a sentence if the file can't be changed.
   */
  async rewrite(prompt: string, path: string, change: (text: string) => string): Promise<boolean> {
    const folder = generationFolder();
    if (!folder || !vscode.workspace.isTrusted) throw new Error(vscode.l10n.t('Open a folder first.'));
    const id = this.#parts.newId();
    const applier = new ChangeApplier(this.#parts.checkpoints, this.#parts.leftTexts, { folder, id, prompt });
    const known = await workspaceText(vscode.Uri.joinPath(folder, path));
    const before = known.kind === 'missing' ? '' : (await openedFile(folder, path)).text;
    const difference = textDifference(before, fittingText(change(before), before));
    if (!difference) return false;
    const planned = [{ path, text: before, changes: [difference] }];
    if (known.kind !== 'missing' && !(await this.#preview.confirm(prompt, folder, planned))) return false;
    try {
      if (known.kind !== 'missing') await applier.edit(planned);
      else throwIfRefused(await applier.write(path, difference.text), path);
    } finally {
      await applier.commit();
    }
    const line = before.slice(0, difference.start).split('\n').length;
    await this.#tell({ prompt, id, folder, places: [{ path, line }], saved: millitokens(0) });
    return true;
  }

  /** Shows a place of the last offer while it is pointed at or has the focus; null shows again what was there. */
  async reveal(candidate: number | null): Promise<void> {
    const folder = generationFolder();
    const plan = this.#offered?.plan;
    const place = plan?.kind === 'choose' && candidate !== null ? plan.candidates[candidate] : undefined;
    await (folder && place ? this.#glance.show(folder, place) : this.#glance.end({ preserveFocus: true }));
  }

  /** Asks which of the places of a plan is meant. */
  async choose(candidates: readonly PlanCandidate[]): Promise<number | undefined> {
    const folder = generationFolder();
    return folder && chooseCandidate(folder, candidates);
  }

  dispose(): void {
    this.#preview.dispose();
    for (const { files, planner } of this.#folders.values()) {
      files.dispose();
      planner.dispose();
    }
  }

  /** Plans on the text that the editor has once it is saved: opening may change line ends, saving may tidy up. */
  async #currentEdit(text: string, candidate: number | null, folder: vscode.Uri): Promise<CurrentEdit> {
    const { files: styles, planner } = this.#inFolder(folder);
    const offered = this.#offered?.text === text ? this.#offered : null;
    // Where the caret has gone since says nothing about what was offered.
    const focus = offered ? offered.focus : focusIn(folder);
    let files = await styles.read();
    for (let round = 0; round < 2; round += 1) {
      const edit = sameEdit(await planner.plan(text, files, focus), offered?.plan ?? null, candidate);
      if (!edit) throw new Error(vscode.l10n.t('The files have changed since, so nothing was changed.'));
      const opened = await Promise.all(edit.edits.map(({ path }) => openedFile(folder, path)));
      const differs = opened.filter((file) => files.find(({ path }) => path === file.path)?.text !== file.text);
      if (differs.length === 0) return { ...edit, texts: new Map(opened.map((file) => [file.path, file.text])) };
      const fresh = new Map(differs.map((file) => [file.path, file]));
      files = files.map((file) => fresh.get(file.path) ?? file);
    }
    throw new Error(vscode.l10n.t('The files keep changing, so nothing was changed.'));
  }

  async #tell({ id, folder, ...message }: Told): Promise<void> {
    const { session, now, changed } = this.#parts;
    session.dispatch({
      kind: 'run',
      id,
      run: { folder: folder.toString(), checkpoints: [id], estimate: null, multiplier: 1 },
    });
    const { draft } = session.state;
    session.dispatch({
      kind: 'localEdit',
      message: { ...message, role: 'localEdit', id, at: now().toISOString(), rolledBack: false },
      draft: draft.trim() === message.prompt.trim() ? '' : draft,
    });
    await session.flush();
    changed(folder);
    const [first] = message.places;
    if (first) await show(vscode.Uri.joinPath(folder, first.path));
  }

  #inFolder(folder: vscode.Uri): EditedFolder {
    const key = folder.toString();
    const known = this.#folders.get(key);
    if (known) return known;
    const opened = {
      files: new StyleFiles(folder),
      planner: new LocalEditPlanner(this.#parts.plannerScript, afterwards),
    };
    this.#folders.set(key, opened);
    return opened;
  }
}

/** What was changed, as the conversation tells it. */
interface Told {
  readonly prompt: string;
  readonly id: string;
  readonly folder: vscode.Uri;
  readonly places: { path: string; line: number }[];
  readonly saved: Millitokens;
}

/** A workspace folder with its style and markup files, and who plans on them. */
interface EditedFolder {
  readonly files: StyleFiles;
  readonly planner: LocalEditPlanner;
}

/** "This button" is the one at the caret, or the one that is selected: the middle of a selection is in it. */
function focusIn(folder: vscode.Uri): Focus | null {
  const editor = vscode.window.activeTextEditor;
  const prefix = `${folder.path.replace(/\/$/, '')}/`;
  if (editor?.document.uri.scheme !== folder.scheme || !editor.document.uri.path.startsWith(prefix)) return null;
  const path = editor.document.uri.path.slice(prefix.length);
  const { document, selection } = editor;
  const offset = (document.offsetAt(selection.start) + document.offsetAt(selection.end)) >> 1;
  return { path, offset };
}

/** An edit with the texts that it was planned on. */
interface CurrentEdit extends Edit {
  readonly texts: ReadonlyMap<string, string>;
}

/** The edit that was offered, as the plan has it now; null if what it would do now is something else. */
function sameEdit(now: LocalEditPlan, offered: LocalEditPlan | null, candidate: number | null): Edit | null {
  if (candidate === null) {
    if (now.kind !== 'edit') return null;
    return offered?.kind === 'edit' && targetsOf(offered) !== targetsOf(now) ? null : now;
  }
  const wanted = offered?.kind === 'choose' ? offered.candidates[candidate] : undefined;
  if (!wanted) return null;
  const candidates = now.kind === 'choose' ? now.candidates : now.kind === 'edit' ? [now] : [];
  const same = candidates.filter((each) => targetsOf(each) === targetsOf(wanted));
  // Two rules of one name are told apart by their lines; if those moved, nobody knows which was meant.
  const one = same.length === 1 ? same[0] : same.find((each) => lineOf(each) === lineOf(wanted));
  return one ? { kind: 'edit', edits: one.edits, steps: one.steps } : null;
}

/** What an edit changes, by file, selector, property and today's value. */
function targetsOf({ steps }: Pick<Edit, 'steps'>): string {
  return steps.map(({ path, what, property, from }) => [path, what, property, from].join('\n')).join('\n\n');
}

function lineOf({ steps }: Pick<Edit, 'steps'>): number | undefined {
  return steps[0]?.line;
}

/** Each line once: several properties of one rule are one place. */
function placesOf(edit: Edit): { path: string; line: number }[] {
  const places = new Map(edit.steps.map(({ path, line }) => [`${path}:${String(line)}`, { path, line }]));
  return [...places.values()];
}

function throwIfRefused(written: FileWrite, path: string): void {
  if (written.kind === 'outside') throw new Error(vscode.l10n.t('{0} is outside the workspace.', path));
  if (written.kind === 'overlap')
    throw new Error(vscode.l10n.t('The files have changed since, so nothing was changed.'));
  if (written.kind === 'failed') throw new Error(written.reason);
}

async function openedFile(folder: vscode.Uri, path: string): Promise<StyleFile> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, path));
  if (document.isDirty && !(await document.save())) throw new Error(vscode.l10n.t('{0} could not be saved.', path));
  return { path, text: document.getText() };
}

/** The change is shown where it happened, so that Undo is one key away; the focus stays where it is. */
async function show(uri: vscode.Uri): Promise<void> {
  const setting = vscode.workspace.getConfiguration('tokenfare').get<string>('chat.openChangedFiles');
  if (setting !== 'never') await vscode.window.showTextDocument(uri, { preserveFocus: true, preview: true });
}
