// The reader's choice of colours, before anything is painted.
try {
  const theme = localStorage.getItem('outset-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // A browser that stores nothing shows the system's colours.
}
