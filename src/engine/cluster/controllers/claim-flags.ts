/** How the flags of a controller say what it claims: each project has flags and defaults of its own (S9.2, S10.1). */
import type { KnownController } from './known.ts';
import type { ClaimRules } from './running.ts';

export interface ClaimFlags {
  /** Names the class that it serves. */
  readonly class: string;
  /** Names the controller string. */
  readonly controller?: string;
  /** What the controller string is with a class. */
  readonly controllerOf?: (className: string) => string;
  /** Makes it claim Ingresses that name no class. */
  readonly withoutClass?: string;
  /** It claims Ingresses that name no class as long as it is given none either. */
  readonly takesClassless: boolean;
  /** Namespaces that it is limited to. */
  readonly namespaces: string;
  /** As in `ClaimRules`: what the class it is given, or its usual one, means for IngressClasses. Absent: nothing. */
  readonly names?: 'only' | 'any';
  /** Makes the name of an IngressClass count beside its controller string. */
  readonly byName?: string;
}

/** Of ingress-nginx, and of whatever takes its flags for granted. */
const USUAL: ClaimFlags = {
  class: 'ingress-class',
  controller: 'controller-class',
  withoutClass: 'watch-ingress-without-class',
  takesClassless: false,
  namespaces: 'watch-namespace',
  byName: 'ingress-class-by-name',
};

/** `known` null: a controller of which only the usual flags are known; its class and string are the caller's to say. */
export function claimRules(known: KnownController | null, args: readonly string[]): ClaimRules {
  const flags = known?.flags ?? USUAL;
  const className = valueOf(args, flags.class);
  const names = (className ?? known?.class ?? '').split(',');
  const own = known?.controller ?? '';
  const isOn = (flag: string | undefined) => flag !== undefined && valueOf(args, flag) === 'true';
  // The usual flag is understood of every controller, so that a person can state it of any.
  const withoutClass = isOn(flags.withoutClass) || isOn(USUAL.withoutClass) || (flags.takesClassless && className === null);
  const byClass = className === null || flags.controllerOf === undefined ? null : flags.controllerOf(className);
  const namespaces = valueOf(args, flags.namespaces) ?? valueOf(args, USUAL.namespaces);
  const count = isOn(flags.byName) ? 'also' : flags.names === 'only' && className === null ? undefined : flags.names;
  return {
    controllerString: (flags.controller === undefined ? null : valueOf(args, flags.controller)) ?? byClass ?? own,
    classNames: count === undefined ? null : { names, count },
    legacyClass: names[0]!,
    withoutClass,
    namespaces: namespaces === null || namespaces === '' ? null : namespaces.split(','),
  };
}

/** As `flagValue`, in any case of letters: some projects do not care. */
function valueOf(args: readonly string[], flag: string): string | null {
  return flagValue(
    args.map((arg) => arg.replace(/^[^=]*/, (name) => name.toLowerCase())),
    flag,
  );
}

/** The value of `--flag=value` or `--flag value`; `true` for a bare flag, null when it is absent. */
export function flagValue(args: readonly string[], flag: string): string | null {
  for (const [index, arg] of args.entries()) {
    const text = arg.replace(/^--?/, '');
    if (text === flag) {
      const next = args[index + 1];
      return next === undefined || next.startsWith('-') ? 'true' : next;
    }
    if (text.startsWith(`${flag}=`)) return text.slice(flag.length + 1);
  }
  return null;
}
