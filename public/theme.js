// Before the first paint: the theme a person chose on this page, if they chose one. The key is that of `view-actions.ts`.
try {
  var theme = localStorage.getItem('podpath-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {}
