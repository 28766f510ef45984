/** Address of the folder that holds the whole site; every page states the way there from where it lies. */
export function siteRoot(): string {
  return new URL(document.documentElement.dataset.root ?? './', document.baseURI).href;
}
