/** Flags of Traefik, in any case, and the entry point that a port belongs to. */
import type { Controller } from '../../../cluster/cluster.ts';

/** The value of `--a.b.c=value`; `true` for a flag without one, null where it is not given. */
export function flag({ args, config }: Controller, name: string): string | null {
  const wanted = name.toLowerCase();
  for (const arg of args) {
    const [key = '', ...value] = arg.replace(/^--?/, '').split('=');
    if (key.toLowerCase() === wanted) return value.length === 0 ? 'true' : value.join('=');
  }
  return Object.entries(config).find(([key]) => key.toLowerCase() === wanted)?.[1] ?? null;
}

export function isOn(controller: Controller, name: string): boolean {
  return flag(controller, name)?.toLowerCase() === 'true';
}

/** `web` and `websecure` where no flag names the port, as its own charts call them. */
export function entryPoint(controller: Controller, port: number, scheme: 'http' | 'https'): string {
  for (const arg of controller.args) {
    const [, name, at] = /^--?entrypoints\.([^.=]+)\.address=.*?:(\d+)(?:\/tcp)?$/i.exec(arg) ?? [];
    if (name !== undefined && Number(at) === port) return name.toLowerCase();
  }
  return scheme === 'https' ? 'websecure' : 'web';
}

/** Whether every rule of the entry point is served over TLS: as its charts set it up, unless flags describe it otherwise. */
export function hasTls(controller: Controller, name: string): boolean {
  const own = controller.args.map((arg) => arg.replace(/^--?/, '').toLowerCase()).filter((arg) => arg.startsWith(`entrypoints.${name}.`));
  if (own.length === 0) return true;
  return own.some((arg) => arg.startsWith(`entrypoints.${name}.http.tls`) && !arg.endsWith('=false'));
}

/** The port that an entry point listens on; null where no flag says. */
export function portOf(controller: Controller, name: string): number | null {
  const address = flag(controller, `entrypoints.${name}.address`);
  const port = /:(\d+)(?:\/tcp)?$/.exec(address ?? '')?.[1];
  return port === undefined ? null : Number(port);
}
