import { html, nothing, type TemplateResult } from 'lit';
import type { AccountBody, ProjectsBody } from '../../src/protocol/api.ts';
import { linkButton } from '../components/linkButton.ts';
import { AccountSection } from './accountSection.ts';
import { accountWords } from './accountWords.ts';

/** The account's projects; where the plan has room for few, which of them are active, and moving there. */
export class ProjectList extends AccountSection<ProjectsBody> {
  static override properties = { entitlements: { attribute: false } };
  declare entitlements: AccountBody['entitlements'];

  protected override get heading(): string {
    return accountWords.projects;
  }

  protected override load(): Promise<ProjectsBody | null> {
    return this.api.projects();
  }

  protected override content({ projects, movesLeft }: ProjectsBody): TemplateResult {
    const limit = this.entitlements.projects;
    return html`${
        limit === null
          ? nothing
          : html`<p class="aside">
              ${accountWords.projectLimit(limit)} ${movesLeft === null ? nothing : accountWords.movesLeft(movesLeft)}
            </p>`
      }
      ${projects.length === 0 ? html`<p class="aside">${accountWords.noProjects}</p>` : nothing}
      <ul class="rows-list">
        ${projects.map(
          (project) =>
            html`<li>
              <span class="name">${project.name}</span>
              ${limit === null ? nothing : this.#state(project)}
            </li>`,
        )}
      </ul>`;
  }

  #state({ id, name, active }: ProjectsBody['projects'][number]): TemplateResult {
    if (active) return html`<span class="aside">${accountWords.active}</span>`;
    return linkButton(
      accountWords.useHere,
      () => {
        void this.act(() => this.api.activateProject(id));
      },
      { title: accountWords.useHereLabel(name) },
    );
  }
}
