/** As much of a document as the scripts of forms use: nodes with attributes, children, listeners and the focus. */
export class FakeDocument {
  focused: FakeNode | null = null;
  readonly #root = new FakeNode(this, 'body');

  /** A document with a node for each of these, by name and attributes. */
  constructor(...nodes: readonly (readonly [name: string, attributes: Record<string, string>])[]) {
    for (const [name, attributes] of nodes) {
      const node = this.createElement(name);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      this.#root.append(node);
    }
  }

  createElement(name: string): FakeNode {
    return new FakeNode(this, name);
  }

  getElementById(id: string): FakeNode | null {
    return this.#root.all().find((node) => node.attributes.get('id') === id) ?? null;
  }

  /** Understands a name, `.class` and `[name="value"]`. */
  querySelector(selector: string): FakeNode | null {
    return this.#root.querySelector(selector);
  }

  /** The nodes that a person could see, in order. */
  visible(): readonly FakeNode[] {
    return this.#root.all().filter((node) => !node.isHidden());
  }
}

export class FakeNode {
  readonly attributes = new Map<string, string>();
  readonly children: (FakeNode | string)[] = [];
  readonly validity = { valid: true };
  parent: FakeNode | null = null;
  hidden = false;
  checked = false;
  value = '';
  readonly #listeners = new Map<string, (event: { preventDefault(): void }) => void>();
  readonly #document: FakeDocument;
  readonly #name: string;

  constructor(document: FakeDocument, name: string) {
    this.#document = document;
    this.#name = name;
  }

  get id(): string {
    return this.attributes.get('id') ?? '';
  }

  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('');
  }

  set textContent(text: string) {
    this.replaceChildren(text);
  }

  setAttribute(key: string, value: unknown): void {
    this.attributes.set(key, String(value));
  }

  getAttribute(key: string): string | null {
    return this.attributes.get(key) ?? null;
  }

  append(...nodes: (FakeNode | string)[]): void {
    for (const node of nodes) if (typeof node !== 'string') node.parent = this;
    this.children.push(...nodes);
  }

  prepend(...nodes: (FakeNode | string)[]): void {
    const rest = this.children.splice(0);
    this.append(...nodes, ...rest);
  }

  replaceChildren(...nodes: (FakeNode | string)[]): void {
    this.children.splice(0);
    this.append(...nodes);
  }

  addEventListener(type: string, listener: (event: { preventDefault(): void }) => void): void {
    this.#listeners.set(type, listener);
  }

  dispatch(type: string): void {
    this.#listeners.get(type)?.({ preventDefault: () => undefined });
  }

  focus(): void {
    this.#document.focused = this;
  }

  isHidden(): boolean {
    return this.hidden || (this.parent?.isHidden() ?? false);
  }

  all(): FakeNode[] {
    return this.children.flatMap((child) => (typeof child === 'string' ? [] : [child, ...child.all()]));
  }

  querySelector(selector: string): FakeNode | null {
    const [, key, value] = /^\[(\w+)="(\w+)"\]$/.exec(selector) ?? [];
    return (
      this.all().find((node) => {
        if (key !== undefined) return node.attributes.get(key) === value;
        return selector.startsWith('.') ? node.attributes.get('class') === selector.slice(1) : node.#name === selector;
      }) ?? null
    );
  }
}
