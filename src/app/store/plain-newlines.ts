/** Editors count every line end as one character, so texts from elsewhere are taken over with plain newlines and no byte order mark. */
export const plainNewlines = (text: string) => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
