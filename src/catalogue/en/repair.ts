/** A link that cannot be read. Loaded with its screen. */
export const repair = {
  'app.broken-link': 'This link cannot be read',
  'app.broken-link.what': 'Links hold everything behind the `#`. Ask for the link again, or copy it whole.',
  'app.broken-link.example': 'Open an example',
  'app.broken-link.empty': 'Start empty',
  'app.broken-link.damaged': 'A part of it is missing or changed.',
  'app.broken-link.newer': 'It was made by a newer version of Podpath.',
  'app.broken-link.too-large': 'It holds more than this page unpacks.',
} as const;
