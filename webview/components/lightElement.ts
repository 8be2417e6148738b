import { LitElement } from 'lit';

/** An element that renders into the page itself, so that one stylesheet, labels and live regions reach everything. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
