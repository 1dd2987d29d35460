// Light or dark: chosen here, before anything is painted, and told to the server in a cookie so that it renders the same.
window.portalTheme = (() => {
  const read = (name) => document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1];
  const write = (name, value) => { document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`; };
  const system = matchMedia('(prefers-color-scheme: dark)');
  const choice = () => read('theme') ?? 'system';
  const wanted = () => (choice() === 'system' ? (system.matches ? 'dark' : 'light') : choice());
  let page = null;

  const show = () => {
    const theme = wanted();
    write('theme-shown', theme);
    document.documentElement.dataset.theme = theme;
    page?.invokeMethodAsync('Show', theme === 'dark');
  };

  if (document.documentElement.dataset.theme !== wanted()) {
    write('theme-shown', wanted());
    if (read('theme-shown') === wanted()) {
      location.reload();
    }
  }
  system.addEventListener('change', show);

  return {
    watch: (reference) => { page = reference; return choice(); },
    // True once the page answers: the circuit is up and its first paint is done.
    isLive: () => page !== null,
    unwatch: () => { page = null; },
    choose: (value) => { write('theme', value); show(); },
  };
})();

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-reload]')) {
    location.reload();
  }
});
