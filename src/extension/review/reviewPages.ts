import { createBirpc } from 'birpc';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { checkedCalls } from '../../protocol/checkedCalls.ts';
import {
  reviewExtensionCalls,
  reviewPageCalls,
  type ReviewExtensionCalls,
  type ReviewPageCalls,
} from '../../protocol/review.ts';
import { pages } from '../contributions.ts';
import { webviewHtml } from '../webviewHtml.ts';
import { OpenReview, type ReviewParts } from './openReview.ts';

/** The page in the editor area that shows what a message changed: one, in whose place the next review comes. */
export class ReviewPages implements vscode.Disposable {
  readonly #parts: ReviewParts;
  readonly #extensionUri: vscode.Uri;
  #open: Open | null = null;

  constructor(parts: ReviewParts, extensionUri: vscode.Uri) {
    this.#parts = parts;
    this.#extensionUri = extensionUri;
  }

  /** Shows the review of a generation or local edit, at a file if one is named. */
  show(id: string, file?: string): void {
    if (this.#open?.review.id === id) {
      this.#open.panel.reveal();
      if (file !== undefined) this.#open.page.select(file);
      return;
    }
    const column = this.#open?.panel.viewColumn ?? vscode.ViewColumn.Active;
    this.#open?.panel.dispose();
    const title = vscode.l10n.t('Review');
    this.#connect(vscode.window.createWebviewPanel(pages.review, title, column), id, file ?? null);
  }

  /** What can be done with the changes of a generation without a page. */
  of(id: string): ReviewExtensionCalls {
    return new OpenReview(id, null, this.#parts).calls();
  }

  /** Brings back a page that was open when the window was reloaded. */
  restore(panel: vscode.WebviewPanel, kept: unknown): void {
    const state = KeptState.safeParse(kept);
    this.#open?.panel.dispose();
    if (state.success) this.#connect(panel, state.data.generation, state.data.file);
    else panel.dispose();
  }

  dispose(): void {
    this.#open?.panel.dispose();
  }

  #connect(panel: vscode.WebviewPanel, id: string, file: string | null): void {
    const { webview } = panel;
    const files = vscode.Uri.joinPath(this.#extensionUri, 'dist', 'webview');
    webview.options = { enableScripts: true, localResourceRoots: [files] };
    panel.iconPath = vscode.Uri.joinPath(this.#extensionUri, 'media', 'tokenfare.svg');
    const review = new OpenReview(id, file, this.#parts);
    const calls = review.calls();
    const page = createBirpc<ReviewPageCalls, ReviewExtensionCalls>(checkedCalls(reviewExtensionCalls, calls), {
      post: (message: unknown) => void webview.postMessage(message),
      on: (receive) => void webview.onDidReceiveMessage(receive),
      eventNames: Object.keys(reviewPageCalls) as (keyof ReviewPageCalls)[],
      onFunctionError: (error, name) => {
        this.#parts.log.error(`${name}: ${error.stack ?? error.message}`);
      },
    });
    const following = this.#follow(review, page);
    this.#open = { panel, review, page };
    panel.onDidDispose(() => {
      following.dispose();
      if (this.#open?.panel === panel) this.#open = null;
    });
    webview.html = webviewHtml(webview, files, {
      name: 'review',
      title: panel.title,
      isModule: true,
      writesStyles: true,
      later: ['review/diffs'],
    });
  }

  /** Tells the page whenever the conversation, the store or one of the files may say something else. */
  #follow(review: OpenReview, page: ReviewPageCalls): vscode.Disposable {
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void review.snapshot().then((now) => page.review(now));
      }, FOLLOW_EVERY_MS);
    };
    const changed = (uri: vscode.Uri) => {
      const path = review.folder === null ? null : pathWithin(review.folder, uri);
      if (path === null) return;
      review.touch(path);
      soon();
    };
    const subscriptions: vscode.Disposable[] = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => changed(document.uri)),
      vscode.workspace.onDidGrantWorkspaceTrust(soon),
      review.onDidDecide(soon),
      new vscode.Disposable(
        this.#parts.session.onDidChangeAny((before, after, { kind }) => {
          if (kind === 'text' || (after !== this.#parts.session.state && !after.runs[review.id])) return;
          for (const state of [before, after]) review.follow(state);
          if (before.thread === after.thread && before.runs === after.runs) return;
          if (kind === 'rolledBack' || kind === 'redone' || kind === 'changesMarked' || kind === 'ended')
            review.touch();
          soon();
        }),
      ),
    ];
    const watch = () => {
      if (!isOver) subscriptions.push(...watched(review.folder, changed));
    };
    // Where the files of an earlier chat's answer are, the store has to be asked.
    if (review.folder === null) void review.snapshot().then(watch);
    else watch();
    return new vscode.Disposable(() => {
      isOver = true;
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    });
  }
}

interface Open {
  readonly panel: vscode.WebviewPanel;
  readonly review: OpenReview;
  readonly page: ReviewPageCalls;
}

/** What the page keeps of itself over a reload of the window. */
const KeptState = z.object({ generation: z.string(), file: z.string() });

/** Typing and builds change files in bursts; the page is told of each burst once. */
const FOLLOW_EVERY_MS = 100;

/** Changes on the disk, of open files and of others. */
function watched(folder: vscode.Uri | null, changed: (uri: vscode.Uri) => void): vscode.Disposable[] {
  if (folder === null) return [];
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*'));
  return [watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete(changed)];
}

function pathWithin(folder: vscode.Uri, uri: vscode.Uri): string | null {
  const start = `${folder.path}/`;
  return uri.scheme === folder.scheme && uri.path.startsWith(start) ? uri.path.slice(start.length) : null;
}
