import { html, nothing, type TemplateResult } from 'lit';
import type { AccountHostCalls } from '../../src/protocol/account.ts';
import type { PublicationsBody } from '../../src/protocol/api.ts';
import { icon } from '../components/icon.ts';
import { linkButton } from '../components/linkButton.ts';
import { AccountSection } from './accountSection.ts';
import { publicationWords as words } from './publicationWords.ts';

type Publication = PublicationsBody['publications'][number];

/** What is published, where, in which version; going back to an earlier one, and taking it down. */
export class PublicationList extends AccountSection<PublicationsBody> {
  declare openApp: AccountHostCalls['openApp'];

  protected override get heading(): string {
    return words.title;
  }

  protected override load(): Promise<PublicationsBody | null> {
    return this.api.publications();
  }

  protected override content({ publications }: PublicationsBody): TemplateResult {
    if (publications.length === 0) return html`<p class="aside">${words.none}</p>`;
    return html`<ul class="rows-list">
      ${publications.map((publication) => this.#row(publication))}
    </ul>`;
  }

  #row(app: Publication): TemplateResult {
    const { id, name, slug, url, portUrl } = app;
    const unpublish = async (): Promise<void> => {
      await this.api.unpublish(id);
      this.said = words.unpublished(name);
    };
    return html`<li>
      ${linkButton(name, () => void this.openApp({ url, portUrl }), { title: words.open(app), className: 'name' })}
      <span class="aside">${slug} · ${words.upNow(app)}</span>
      ${this.afterAsking({
        ...{ id, press: words.unpublish, title: words.unpublishLabel(name) },
        ...{ question: words.unpublishAsked(name), deed: unpublish },
      })}
      ${this.#versions(app)}
    </li>`;
  }

  #versions({ id, name, version: up, versions }: Publication): TemplateResult | typeof nothing {
    const others = versions.filter(({ version }) => version !== up);
    if (others.length === 0) return nothing;
    const putUp = (version: number): void => {
      void this.act(async () => {
        await this.api.activateVersion(id, version);
        this.said = words.isUp(version);
      });
    };
    return html`<details>
      <summary>${icon('chevron-right', 'twistie')} ${words.earlier(others.length)}</summary>
      <ul>
        ${others.map(
          (each) =>
            html`<li>
              <span>${words.version(each)}</span>
              ${linkButton(
                words.putUp,
                () => {
                  putUp(each.version);
                },
                { title: words.putUpLabel(name, each.version) },
              )}
            </li>`,
        )}
      </ul>
    </details>`;
  }
}
