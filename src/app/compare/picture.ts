/** The table as a picture, whole, in the colours of the theme. Loaded when somebody saves one. */
import { domToPng, domToSvg } from 'modern-screenshot';

/** False when the browser could not draw it. */
export async function savePicture(table: HTMLTableElement, form: 'png' | 'svg'): Promise<boolean> {
  try {
    const { width, height } = table.getBoundingClientRect();
    const background = getComputedStyle(table).backgroundColor;
    const settings = { width, height, backgroundColor: background, scale: 2, fetch: { requestInit: { cache: 'force-cache' as const } } };
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
