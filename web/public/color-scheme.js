// Runs before the first paint, so that a dark page is never white first. A file, because the content security
// policy allows no inline script. The key is the one src/ui/theme.ts gives to Mantine.
(function () {
  var chosen = null;
  try {
    chosen = window.localStorage.getItem('oktan-color-scheme');
  } catch {
    // Storage is off: follow the system.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
