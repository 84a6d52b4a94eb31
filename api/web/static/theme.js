// Loaded before the page is drawn, so that a dark page is never white first. Not a module: those wait.
(() => {
  const KEY = "caselore-theme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = () => { root.dataset.theme = localStorage.getItem(KEY) ?? (dark.matches ? "dark" : "light"); };
  set();
  dark.addEventListener("change", set);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-switch]")) return;
    localStorage.setItem(KEY, root.dataset.theme === "dark" ? "light" : "dark");
    set();
  });
})();
