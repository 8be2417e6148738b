import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import { html, type TemplateResult } from 'lit';

/** A button with a word on it, which is also its accessible name. */
export function button(label: string, press: () => void, options: ButtonOptions = {}): TemplateResult {
  return html`<vscode-button
    appearance=${options.primary ? 'primary' : 'secondary'}
    class=${options.className ?? ''}
    title=${options.title ?? ''}
    ?disabled=${options.disabled ?? false}
    @click=${press}
    >${label}</vscode-button
  >`;
}

export interface ButtonOptions {
  readonly primary?: boolean;
  readonly disabled?: boolean;
  readonly title?: string;
  readonly className?: string;
}

/** Defines the toolkit's elements; called once by a page's root. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
}
