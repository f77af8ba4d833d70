// Runs before the page is drawn, so that a chosen theme doesn't flash.
try {
  const chosen = localStorage.getItem("dragoman.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // no storage: the system's choice holds
}
