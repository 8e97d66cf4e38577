/** The table as a picture, whole, in the colours of the theme. Loaded when somebody saves one. */
import { domToPng, domToSvg } from 'modern-screenshot';

/** False when the browser could not draw it. */
export async function savePicture(table: HTMLTableElement, form: 'png' | 'svg'): Promise<boolean> {
  try {
    const { width, height } = table.getBoundingClientRect();
    const settings = { width, height, backgroundColor: getComputedStyle(table).backgroundColor, scale: 2, font: { cssText: await fonts() } };
    const url = form === 'png' ? await domToPng(table, settings) : await domToSvg(table, settings);
    const link = document.createElement('a');
    link.href = url;
    link.download = `comparison.${form}`;
    link.click();
    return true;
  } catch {
    return false;
  }
}

/** The typefaces of the page, whole: a picture can load nothing, and other letters would not fit their lines. */
async function fonts(): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].flatMap((rule) => (rule instanceof CSSFontFaceRule ? [{ sheet, rule }] : [])));
  const texts = rules.map(async ({ sheet, rule }) => {
    const source = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
    if (source === undefined) return '';
    const response = await fetch(new URL(source, sheet.href ?? location.href));
    return rule.cssText.replace(/url\([^)]*\)/, `url(${dataUrl(await response.arrayBuffer())})`);
  });
  return (await Promise.all(texts)).join('\n');
}

function dataUrl(font: ArrayBuffer): string {
  let binary = '';
  for (const byte of new Uint8Array(font)) binary += String.fromCharCode(byte);
  return `data:font/woff2;base64,${btoa(binary)}`;
}
