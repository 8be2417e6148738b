import { LightElement } from '../components/lightElement.ts';
import { MarkdownBlocks, type MarkdownBlock } from './markdownBlocks.ts';
import { renderMarkdown } from './renderMarkdown.ts';
import { visibleControls } from './visibleControls.ts';

/** Growing Markdown: one element a block, and only blocks whose source changed are rendered again. */
export class MarkdownText extends LightElement {
  static override properties = { text: { attribute: false } };
  declare text: string;
  readonly #blocks = new MarkdownBlocks();
  #shown: MarkdownBlock[] = [];

  constructor() {
    super();
    this.text = '';
  }

  protected override updated(): void {
    const blocks = this.#blocks.update(this.text);
    blocks.forEach((block, index) => {
      const shown = this.#shown[index];
      if (shown?.source !== block.source || shown.plain !== block.plain) this.#show(block, index);
    });
    while (this.children.length > blocks.length) this.lastElementChild?.remove();
    this.#shown = [...blocks];
  }

  #show(block: MarkdownBlock, index: number): void {
    const element = this.children[index] ?? this.appendChild(document.createElement('div'));
    element.className = block.plain ? 'block plain' : 'block';
    element.setAttribute('dir', 'auto');
    element.replaceChildren(content(block));
  }
}

function content(block: MarkdownBlock): Node {
  const plain = (): Text => document.createTextNode(visibleControls(block.source));
  if (block.plain) return plain();
  try {
    return renderMarkdown(block.source);
  } catch {
    // Text that the parser can't take is still an answer that was paid for.
    return plain();
  }
}
