const ACCENTED: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', n: 'ñ', c: 'ç', y: 'ý' };

const accent = (words: string) => words.replace(/[A-Za-z]/g, (letter) => ACCENTED[letter] ?? letter);

/** Accents the words of a template and leaves its placeholders' names alone: `{pod}` stays, `is` becomes `ís`. */
export function pseudo(template: string): string {
  return template.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}|[^{]+/g, (piece, name?: string, one?: string, many?: string) => {
    if (name === undefined) return accent(piece);
    return one === undefined || many === undefined ? piece : `{${name}|${accent(one)}|${accent(many)}}`;
  });
}
