const ACCENTED: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', n: 'ñ', c: 'ç', y: 'ý' };

/** Accents the words of a template and leaves its placeholders' names alone: `{pod}` stays, `is` becomes `ís`. */
export function pseudo(template: string): string {
  return template.replace(/\{\w+(?:\|[^}]*)?\}|[A-Za-z]/g, (match) => (match.startsWith('{') ? match : (ACCENTED[match] ?? match)));
}
