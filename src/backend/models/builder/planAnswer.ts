import { changePage } from './changePage.ts';
import { describeChanges } from './describeChanges.ts';
import { findPages, type Page } from './findPages.ts';
import type { PageSpec } from './pageSpec.ts';
import { patchFile, type Edit } from './patchFile.ts';
import type { Conversation, ToolStep } from './readConversation.ts';
import { readRequest, type Reading, type Served } from './readRequest.ts';
import { recoverPage } from './recoverPage.ts';
import { say } from './say.ts';
import { writeHtmlPage, type WrittenFile } from './writeHtmlPage.ts';
import { placeTsxPage, writeTsxPage } from './writeTsxPage.ts';

/**
 * What Builder answers: words and tool calls, or a refusal. A refusal costs nothing, and so does a look at files, since
 * a refusal may follow from what is in them.
 */
export type Answer =
  | { readonly kind: 'answer'; readonly text: string; readonly calls: readonly Call[] }
  | { readonly kind: 'look'; readonly calls: readonly Look[] }
  /** `asks`: it asks back or names what is there; another wording helps, and a model isn't needed. */
  | { readonly kind: 'refusal'; readonly text: string; readonly asks: boolean };

export type Look =
  | { readonly name: 'list_files'; readonly input: Record<string, never> }
  | { readonly name: 'read_file'; readonly input: { readonly path: string } };

export type Call =
  | { readonly name: 'write_file'; readonly input: { readonly path: string; readonly content: string } }
  | { readonly name: 'edit_file'; readonly input: { readonly path: string } & Edit };

/** Decides the next answer from the conversation alone: the same conversation gives the same answer. */
export function planAnswer(conversation: Conversation): Answer {
  if (conversation.hasImages) return refusal(say.cannotSee);
  const reading = readRequest(conversation.request);
  if (reading.kind === 'refusal') return refusal(say.cannot(reading.words));
  if (reading.kind === 'lacking') return asking(say.lacks(reading));
  const written = conversation.steps.filter((step) => step.tool === 'write_file' || step.tool === 'edit_file');
  if (written.length > 0) return { kind: 'answer', text: close(reading, written, conversation), calls: [] };
  return reading.kind === 'create' ? planCreate(reading, conversation) : planChange(reading, conversation);
}

/** The files in the conversation are as they were before they were written: nothing reads them afterwards. */
function close(reading: Served, steps: readonly ToolStep[], conversation: Conversation): string {
  if (reading.kind !== 'change') return say.closing(reading, [], steps);
  const found = findPages(reading.page, conversation);
  const spec = found.kind === 'one' ? recover(found.page, conversation) : null;
  return say.closing(reading, spec ? describeChanges(spec, reading.changes) : [], steps);
}

function planCreate(reading: Reading & { kind: 'create' }, conversation: Conversation): Answer {
  const looking = look(conversation) ?? readMissing(['package.json'], conversation);
  if (looking) return looking;
  const react = usesReact(conversation.files.get('package.json'));
  if (reading.asksForReact && !react) return refusal(say.noReact);
  const listing = conversation.listing ?? [...conversation.files.keys()];
  const files = react
    ? writeTsxPage(reading.spec, placeTsxPage(reading.spec, listing))
    : writeHtmlPage(freeName(reading.spec, listing));
  if (conversation.tools.has('write_file')) {
    const calls = files.map((file): Call => ({ name: 'write_file', input: file }));
    return { kind: 'answer', text: say.opening(reading.spec, files), calls };
  }
  return { kind: 'answer', text: say.shown(reading, files, conversation), calls: [] };
}

/** Asks for the list of files where nobody sent it and it can be had. */
function look(conversation: Conversation): Answer | null {
  const asked = conversation.steps.some((step) => step.tool === 'list_files');
  if (conversation.listing !== null || asked || !conversation.tools.has('list_files')) return null;
  return { kind: 'look', calls: [{ name: 'list_files', input: {} }] };
}

/** Reads those of the files that are there and were not sent along. Each is asked for once. */
function readMissing(paths: readonly string[], conversation: Conversation): Answer | null {
  const asked = new Set(conversation.steps.map((step) => step.path));
  const missing = paths.filter(
    (path) => conversation.listing?.includes(path) && !conversation.files.has(path) && !asked.has(path),
  );
  if (missing.length === 0 || !conversation.tools.has('read_file')) return null;
  return { kind: 'look', calls: missing.map((path) => ({ name: 'read_file', input: { path } })) };
}

function usesReact(packageJson: string | undefined): boolean {
  if (packageJson === undefined) return false;
  try {
    const parsed: unknown = JSON.parse(packageJson);
    if (typeof parsed !== 'object' || parsed === null) return false;
    const lists = ['dependencies', 'devDependencies', 'peerDependencies'] as const;
    return lists.some((list) => {
      const names: unknown = Reflect.get(parsed, list);
      return typeof names === 'object' && names !== null && 'react' in names;
    });
  } catch {
    return false;
  }
}

/** A new page never overwrites a file: the second `users` is `users-2`. */
function freeName(spec: PageSpec, listing: readonly string[]): PageSpec {
  const taken = new Set(listing.map((path) => path.toLowerCase()));
  const isFree = (name: string) => !['html', 'css', 'js'].some((ending) => taken.has(`${name}.${ending}`));
  let name = spec.name;
  for (let number = 2; !isFree(name); number += 1) name = `${spec.name}-${number}`;
  return { ...spec, name };
}

function planChange(reading: Reading & { kind: 'change' }, conversation: Conversation): Answer {
  const looking = look(conversation);
  if (looking) return looking;
  const found = findPages(reading.page, conversation);
  if (found.kind === 'none') return refusal(say.noPage(reading.page));
  if (found.kind === 'many') return asking(say.whichPage(found.names));
  const reads = readMissing(found.page.paths, conversation);
  if (reads) return reads;
  return changeFiles(reading, found.page, conversation);
}

function changeFiles(reading: Reading & { kind: 'change' }, page: Page, conversation: Conversation): Answer {
  const spec = recover(page, conversation);
  if (!spec) return refusal(say.unreadable(page.name));
  const changed = changePage(spec, reading.changes);
  if (changed.kind === 'refusal') return changed.asks ? asking(changed.reason) : refusal(say.unfit(changed.reason));
  const before = write(spec, page);
  const after = write(changed.spec, page);
  const files: WrittenFile[] = [];
  const calls: Call[] = [];
  for (const [index, old] of before.entries()) {
    const content = after[index]?.content ?? old.content;
    const now = conversation.files.get(old.path);
    const patched =
      content === old.content
        ? { edits: [], content: '' }
        : now === undefined
          ? null
          : patchFile(old.content, content, now);
    if (!patched) return refusal(say.unreadable(old.path));
    calls.push(...patched.edits.map((edit): Call => ({ name: 'edit_file', input: { path: old.path, ...edit } })));
    if (patched.edits.length > 0) files.push({ path: old.path, content: patched.content });
  }
  if (files.length === 0) return asking(say.already);
  const { tools } = conversation;
  if (tools.has('edit_file')) return { kind: 'answer', text: say.changing(files), calls };
  if (tools.has('write_file')) {
    return {
      kind: 'answer',
      text: say.changing(files),
      calls: files.map((file) => ({ name: 'write_file', input: file })),
    };
  }
  return { kind: 'answer', text: say.shown(reading, files, conversation), calls: [] };
}

function recover(page: Page, conversation: Conversation): PageSpec | null {
  const code = conversation.files.get(page.code);
  const markup = conversation.files.get(page.markup);
  if (code === undefined || markup === undefined) return null;
  const plain = (text: string) => text.replace(/\r\n/g, '\n');
  return recoverPage({ name: page.name, code: plain(code), markup: plain(markup) });
}

function write(spec: PageSpec, page: Page): WrittenFile[] {
  const files =
    page.kind === 'tsx' ? writeTsxPage(spec, { folder: page.folder, component: page.name }) : writeHtmlPage(spec);
  return page.kind === 'tsx' ? files : files.map((file) => ({ ...file, path: page.folder + file.path }));
}

function refusal(text: string): Answer {
  return { kind: 'refusal', text, asks: false };
}

function asking(text: string): Answer {
  return { kind: 'refusal', text, asks: true };
}
