import type { Runner, SiteKind } from '../../core/publishing/siteKind.ts';

/**
 * What an export adds to a project so that it can be hosted anywhere: a README that says how, a Dockerfile, and the
 * configuration of a static server, each fit for what the project is. A file that the project has of that name stays,
 * and ours stands beside it under another name.
 */
export function exportFiles(
  project: { readonly name: string; readonly kind: SiteKind },
  has: (path: string) => boolean,
): Record<string, string> {
  const server = project.kind.kind === 'server';
  const name = (usual: string, other: string): string => (has(usual) ? other : usual);
  const names = {
    dockerfile: name('Dockerfile', 'Dockerfile.tokenfare'),
    nginx: name('nginx.conf', 'nginx.tokenfare.conf'),
  };
  const ignore = has('.dockerignore') ? {} : { '.dockerignore': DOCKER_IGNORE };
  return {
    [name('README.md', 'HOSTING.md')]: readme(project, names),
    [names.dockerfile]: dockerfile(project.kind, names.nginx, has),
    ...ignore,
    ...(server ? {} : { [names.nginx]: NGINX }),
  };
}

const DOCKER_IGNORE = `Dockerfile*
node_modules
.git
.env*
`;

/** Pages without their ending, folders, and the first page for what an app shows by itself. */
const NGINX = `server {
  listen 8080;
  root /usr/share/nginx/html;
  index index.html;
  gzip on;
  gzip_types text/css text/javascript application/javascript application/json image/svg+xml;
  add_header X-Content-Type-Options nosniff;

  location / {
    try_files $uri $uri.html $uri/ /index.html;
    add_header Cache-Control no-cache;
    add_header X-Content-Type-Options nosniff;
  }
}
`;

/** The Node that is supported longest at the time of writing. */
const NODE_IMAGE = 'node:24-alpine';
const NGINX_IMAGE = 'nginx:1-alpine';

function dockerfile(kind: SiteKind, nginx: string, has: (path: string) => boolean): string {
  const install = kind.kind === 'build' || kind.kind === 'server' ? installLines(kind.runner, has) : [];
  if (kind.kind === 'server') {
    const start = `CMD ["${kind.runner}", "run", "${kind.script}"]`;
    return lines(`FROM ${NODE_IMAGE}`, 'WORKDIR /app', 'COPY . .', ...install, 'ENV NODE_ENV=production', start);
  }
  const serve = [`FROM ${NGINX_IMAGE}`, `COPY ${nginx} /etc/nginx/conf.d/default.conf`];
  const root = '/usr/share/nginx/html';
  if (kind.kind === 'build') {
    const build = [`FROM ${NODE_IMAGE} AS build`, 'WORKDIR /app', 'COPY . .', ...install];
    const output = kind.outputs[0] ?? 'dist';
    return lines(
      ...build,
      `RUN ${kind.runner} run ${kind.script}`,
      '',
      ...serve,
      `COPY --from=build /app/${output} ${root}`,
      'EXPOSE 8080',
    );
  }
  const folder = kind.kind === 'static' && kind.folder !== '' ? kind.folder : '.';
  return lines(...serve, `COPY ${folder} ${root}`, 'EXPOSE 8080');
}

function installLines(runner: Runner, has: (path: string) => boolean): string[] {
  switch (runner) {
    case 'npm':
      return [has('package-lock.json') ? 'RUN npm ci' : 'RUN npm install'];
    case 'pnpm':
    case 'yarn':
      return [`RUN npm install --global ${runner}`, `RUN ${runner} install --frozen-lockfile`];
    case 'bun':
      return ['RUN npm install --global bun', 'RUN bun install --frozen-lockfile'];
  }
}

function readme(
  { name, kind }: { name: string; kind: SiteKind },
  files: { dockerfile: string; nginx: string },
): string {
  const file = files.dockerfile === 'Dockerfile' ? '' : ` -f ${files.dockerfile}`;
  const port = kind.kind === 'server' ? '3000:3000' : '8080:8080';
  const docker = ['```sh', `docker build${file} -t app .`, `docker run --rm -p ${port} app`, '```'];
  return lines(
    `# ${name.replace(/[\r\n]+/g, ' ')}`,
    '',
    ...withoutDocker(kind),
    '',
    '## With Docker',
    '',
    ...docker,
    '',
    kind.kind === 'server'
      ? 'Then open http://localhost:3000, or the port that the program listens on.'
      : `Then open http://localhost:8080. How files are served is in \`${files.nginx}\`.`,
    '',
    'Secrets are not part of this export. Give them to the host as environment variables.',
  );
}

function withoutDocker(kind: SiteKind): string[] {
  switch (kind.kind) {
    case 'build':
      return steps('## Build', kind.runner, kind.script, `The pages are then in \`${kind.outputs[0] ?? 'dist'}\`.`);
    case 'server':
      return steps('## Run', kind.runner, kind.script, 'The program answers requests by itself.');
    case 'static':
    case 'none':
      return [
        '## Host',
        '',
        `Copy ${kind.kind === 'static' && kind.folder !== '' ? `\`${kind.folder}/\`` : 'these files'} to any static host.`,
      ];
  }
}

function steps(title: string, runner: Runner, script: string, then: string): string[] {
  return [title, '', '```sh', `${runner} install`, `${runner} run ${script}`, '```', '', then];
}

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`;
}
