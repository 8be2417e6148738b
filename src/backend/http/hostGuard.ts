/**
 * Which Host headers are answered in local mode: this computer's own names and those of the public URL. A page that a
 * browser brought here under a name of its own (DNS rebinding) is told that there is nothing: 404 `not_found`.
 */
export function hostGuard(publicUrl: string | undefined, listenHost: string): (host: string | undefined) => boolean {
  const allowed = new Set(['localhost', '127.0.0.1', '[::1]', listenHost]);
  if (publicUrl !== undefined) allowed.add(new URL(publicUrl).hostname);
  return (host) => {
    const name = /^(\[[^\]]+\]|[^:]+)(:\d+)?$/.exec(host ?? '')?.[1];
    return name !== undefined && allowed.has(name.toLowerCase());
  };
}
