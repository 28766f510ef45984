/**
 * What the page does beyond HTML and CSS: keeps the language in the address (#ko), so that a link or a reload shows
 * the same, changes the names that screen readers hear, and copies the command. Without it everything is still there.
 */
export const pageScript = `
(() => {
  const page = document;
  const radios = [...page.querySelectorAll('input[name=language]')];
  const apply = (language) => {
    page.documentElement.lang = language;
    page.title = page.querySelector('title').dataset[language];
    for (const element of page.querySelectorAll('svg title[data-en], svg desc[data-en]')) {
      element.textContent = element.dataset[language];
    }
    for (const element of page.querySelectorAll('[data-attribute]')) {
      element.setAttribute(element.dataset.attribute, element.dataset[language]);
    }
  };
  const choose = (language) => {
    const radio = radios.find(({ value }) => value === language);
    if (radio) { radio.checked = true; apply(language); }
  };
  for (const radio of radios) {
    radio.addEventListener('change', () => {
      history.replaceState(null, '', '#' + radio.value);
      apply(radio.value);
    });
  }
  addEventListener('hashchange', () => choose(location.hash.slice(1)));
  apply(radios.find(({ checked }) => checked).value);
  choose(location.hash.slice(1));
  const button = page.getElementById('copy');
  if (navigator.clipboard || page.execCommand) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const code = page.getElementById('command');
      try {
        await navigator.clipboard.writeText(code.textContent);
      } catch {
        getSelection().selectAllChildren(code);
        page.execCommand('copy');
      }
      button.classList.add('done');
      setTimeout(() => button.classList.remove('done'), 2000);
    });
  }
})();
`.trim();
