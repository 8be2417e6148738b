import { Marked } from 'marked';
import { htmlCleaner } from './htmlCleaner.ts';
import { fencePath } from './codePath.ts';
import { codeReference } from './codeReference.ts';
import { linkTarget, type LinkTarget } from './linkTarget.ts';
import { visibleControls } from './visibleControls.ts';
import { words } from './words.ts';
import { workspacePictures } from './workspacePictures.ts';

/**
 * A block of an answer as nodes that can do nothing by themselves. HTML in the text is shown as text; what is rendered
 * is cleaned to a short list of elements; links lead to the web or to a file; pictures are shown
 * only from data URIs and the workspace.
 */
export function renderMarkdown(source: string): DocumentFragment {
  const fragment = clean(marked.parse(visibleControls(source), { async: false }));
  for (const link of fragment.querySelectorAll('a')) replaceLink(link);
  for (const code of fragment.querySelectorAll(':not(pre) > code')) linkCode(code);
  for (const image of fragment.querySelectorAll('img')) replaceImage(image);
  for (const code of fragment.querySelectorAll('pre')) frameCode(code);
  for (const table of fragment.querySelectorAll('table')) frameTable(table);
  return fragment;
}

const clean = htmlCleaner({
  ALLOWED_TAGS:
    'p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code table thead tbody tr th td a em strong del img'.split(' '),
  ALLOWED_ATTR: ['href', 'src', 'alt', 'title', 'start', 'class'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // Every link is looked at by itself; the file references among them have no scheme.
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|data:image\/(?:png|jpeg|gif|webp);base64,|[^:]*$|[^:]+:\d)/i,
});

const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => escapeHtml(text),
    // What is behind the language names the file, and goes on as the title.
    code: ({ text, lang = '' }) =>
      `<pre><code class="language-${escapeHtml(/^[\w+#.-]*/.exec(lang)?.[0] ?? '')}" title="${escapeHtml(lang)}">${escapeHtml(text)}\n</code></pre>\n`,
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    // The page has one heading of the first rank already, and the messages have the second.
    heading({ tokens, depth }) {
      const rank = Math.min(6, depth + 2);
      return `<h${rank}>${this.parser.parseInline(tokens)}</h${rank}>\n`;
    },
  },
});

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function replaceLink(link: HTMLAnchorElement): void {
  const target = linkTarget(link.getAttribute('href') ?? '');
  if (target.kind === 'web') {
    link.rel = 'noopener noreferrer';
    link.title = target.href;
    return;
  }
  if (target.kind === 'none') {
    link.replaceWith(...link.childNodes);
    return;
  }
  const open = fileButton(target);
  open.append(...link.childNodes);
  link.replaceWith(open);
}

/** A name in code that is a place in a file opens it; one in a link leads where the link leads. */
function linkCode(code: Element): void {
  const target = codeReference(code.textContent);
  if (target === null || code.closest('a, button') !== null) return;
  const open = fileButton(target);
  code.replaceWith(open);
  open.append(code);
}

function fileButton({ path, line }: Extract<LinkTarget, { kind: 'file' }>): HTMLElement {
  const open = element('button', 'link file-link');
  open.dataset['path'] = path;
  if (line !== undefined) open.dataset['line'] = String(line);
  return open;
}

function replaceImage(image: HTMLImageElement): void {
  const source = image.getAttribute('src') ?? '';
  if (/^data:image\//i.test(source)) return;
  const addresses = workspacePictures(source);
  // One that is in no folder, or no picture, is said like any other that cannot be shown.
  const next = () => {
    const address = addresses.shift();
    if (address === undefined) image.replaceWith(words.pictureLeftOut(image.alt));
    else image.src = address;
  };
  image.addEventListener('error', next);
  next();
}

function frameCode(code: HTMLPreElement): void {
  const language = /language-([\w+#.-]+)/.exec(code.firstElementChild?.className ?? '')?.[1];
  const frame = element('div', 'code');
  const path = fencePath(code.firstElementChild?.getAttribute('title') ?? '');
  if (path !== null) frame.dataset['file'] = path;
  code.firstElementChild?.removeAttribute('title');
  const bar = element('div', 'code-bar');
  const name = element('span', 'code-language');
  name.textContent = language ?? '';
  const actions = [
    codeButton('apply', words.applyCode),
    codeButton('insert', words.insertCode),
    codeButton('new-file', words.codeAsFile),
    codeButton('copy', words.copyCode),
  ];
  bar.append(name, ...actions);
  code.replaceWith(frame);
  // It scrolls sideways, so the keyboard must reach it.
  code.tabIndex = 0;
  frame.append(bar, code);
}

function codeButton(name: string, label: string): HTMLElement {
  const button = element('button', `icon-button code-${name}`);
  button.setAttribute('aria-label', label);
  button.title = label;
  button.append(element('span', `codicon codicon-${name === 'apply' ? 'replace' : name}`));
  return button;
}

function frameTable(table: HTMLTableElement): void {
  const frame = element('div', 'table');
  frame.tabIndex = 0;
  table.replaceWith(frame);
  frame.append(table);
}

function element(tag: 'button' | 'div' | 'span', className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  if (made instanceof HTMLButtonElement) made.type = 'button';
  return made;
}
