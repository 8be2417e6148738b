import { LightElement } from '../components/lightElement.ts';
import './code.css';
import { colourCode } from './colourCode.ts';
import { MarkdownBlocks, type MarkdownBlock } from './markdownBlocks.ts';
import { renderMarkdown } from './renderMarkdown.ts';
import { visibleControls } from './visibleControls.ts';

/** Growing Markdown: one element a block, and only blocks whose source changed are rendered again. */
export class MarkdownText extends LightElement {
  static override properties = { text: { attribute: false }, isGrowing: { attribute: false } };
  declare text: string;
  /** More is to come: the last block is not whole yet. */
  declare isGrowing: boolean;
  readonly #blocks = new MarkdownBlocks();
  #shown: MarkdownBlock[] = [];
  /** So many blocks from the beginning have their code coloured, or have none. */
  #coloured = 0;

  constructor() {
    super();
    this.text = '';
    this.isGrowing = false;
  }

  protected override updated(): void {
    const blocks = this.#blocks.update(this.text);
    blocks.forEach((block, index) => {
      const shown = this.#shown[index];
      if (shown?.source !== block.source || shown.plain !== block.plain) this.#show(block, index);
    });
    const whole = this.isGrowing ? blocks.length - 1 : blocks.length;
    for (; this.#coloured < whole; this.#coloured += 1) this.#colour(this.children[this.#coloured]);
    while (this.children.length > blocks.length) this.lastElementChild?.remove();
    this.#shown = [...blocks];
  }

  #show(block: MarkdownBlock, index: number): void {
    const element = this.children[index] ?? this.appendChild(document.createElement('div'));
    element.className = block.plain ? 'block plain' : 'block';
    element.setAttribute('dir', 'auto');
    element.replaceChildren(content(block));
    this.#coloured = Math.min(this.#coloured, index);
  }

  #colour(element: Element | undefined): void {
    for (const frame of element?.querySelectorAll('.code') ?? []) colourCode(frame);
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
