// From the root of the site to the reader's language.
const korean = navigator.languages.findIndex((language) => language.startsWith('ko'));
const english = navigator.languages.findIndex((language) => language.startsWith('en'));
location.replace(korean >= 0 && (english < 0 || korean < english) ? 'ko/' : 'en/');
