import { html, type TemplateResult } from 'lit';
import type { PublicationsBody } from '../../src/protocol/api.ts';
import { linkButton } from '../components/linkButton.ts';
import { AccountSection } from './accountSection.ts';
import { accountWords } from './accountWords.ts';

type Publication = PublicationsBody['publications'][number];

/** What is published, where, and taking it back. */
export class PublicationList extends AccountSection<PublicationsBody> {
  declare openLink: (url: string) => Promise<unknown>;

  protected override get heading(): string {
    return accountWords.publications;
  }

  protected override load(): Promise<PublicationsBody | null> {
    return this.api.publications();
  }

  protected override content({ publications }: PublicationsBody): TemplateResult {
    if (publications.length === 0) return html`<p class="aside">${accountWords.noPublications}</p>`;
    return html`<ul class="rows-list">
      ${publications.map((publication) => this.#row(publication))}
    </ul>`;
  }

  #row({ id, slug, url, version, bytes }: Publication): TemplateResult {
    return html`<li>
      ${linkButton(slug, () => void this.openLink(url), { title: url, className: 'name' })}
      <span class="aside">${accountWords.version(version, bytes)}</span>
      ${linkButton(
        accountWords.unpublish,
        () => {
          void this.act(async () => {
            await this.api.unpublish(id);
            this.said = accountWords.unpublished(slug);
          });
        },
        { title: accountWords.unpublishLabel(slug) },
      )}
    </li>`;
  }
}
