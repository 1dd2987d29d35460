// Light or dark and the time zone: known here before anything is painted, and told to the server in cookies so that it renders the same.
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

  // What the server rendered with is compared with what holds here; once told, it renders the page again so.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
  const told = (name, value, shown) => {
    write(name, value);
    return shown !== value && read(name) === value;
  };
  const toldTheme = told('theme-shown', wanted(), document.documentElement.dataset.theme);
  const toldZone = told('zone', encodeURIComponent(zone), encodeURIComponent(document.documentElement.dataset.zone ?? 'UTC'));
  if (toldTheme || toldZone) {
    location.reload();
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

// The user's menu closes as menus do.
const closeUserMenu = () => document.querySelector('details.user[open]')?.removeAttribute('open');
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    const summary = document.querySelector('details.user[open] summary');
    closeUserMenu();
    summary?.focus();
  }
});

// The tab of every page tells what needs a person, and that it no longer knows: words before the title, and another icon.
window.portalTab = (() => {
  const lost = '(connection lost) ';
  let count = 0;
  let isLost = false;

  // Only texts are changed, in place: the elements are the page's own.
  const show = () => {
    const before = isLost ? lost : count > 0 ? `(${count}) ` : '';
    [...(document.querySelector('title')?.childNodes ?? [])].filter((node) => node.nodeType === Node.TEXT_NODE).forEach((text, index) => {
      const bare = text.nodeValue.replace(lost, '').replace(/^\(\d+\) /, '');
      const wanted = index === 0 ? before + bare : bare;
      if (text.nodeValue !== wanted) {
        text.nodeValue = wanted;
      }
    });
    const icon = document.querySelector('link[rel=icon]');
    const address = before ? icon?.dataset.trouble : icon?.dataset.quiet;
    if (address && icon.getAttribute('href') !== address) {
      icon.setAttribute('href', address);
    }
  };
  new MutationObserver(show).observe(document.head, { childList: true, subtree: true, characterData: true });
  document.addEventListener('components-reconnect-state-changed', (event) => {
    isLost = event.detail.state !== 'hide';
    show();
  }, true);

  return { show: (number) => { count = number; show(); } };
})();

// Nobody stands at a screen on the wall: once the server is back, its page is loaded again by itself.
document.addEventListener('components-reconnect-state-changed', async (event) => {
  if (!document.querySelector('main.wall') || !['failed', 'rejected'].includes(event.detail.state)) {
    return;
  }
  for (;;) {
    if (await fetch(location.href, { method: 'HEAD' }).then((answer) => answer.status < 500, () => false)) {
      location.reload();
      return;
    }
    await new Promise((later) => { setTimeout(later, 5000); });
  }
}, true);

// Nor presses the button of a page that has stopped: it is loaded again, after a while, since it may stop at once.
new MutationObserver((changes) => {
  if (changes.some(({ target }) => target.id === 'blazor-error-ui' && target.style.display === 'block') && document.querySelector('main.wall')) {
    setTimeout(() => location.reload(), 5000);
  }
}).observe(document.documentElement, { subtree: true, attributeFilter: ['style'] });

document.addEventListener('click', (event) => {
  if (!event.target.closest('details.user')) {
    closeUserMenu();
  }
  if (event.target.closest('[data-reload]')) {
    location.reload();
  }
});

// Keeps what the server made as a file of the browser's.
window.portalSave = async (name, stream) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([await stream.arrayBuffer()]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};
// A field that says so is checked a moment after the last key, not only when it is left.
document.addEventListener('input', (event) => {
  const field = event.target;
  if (field.matches?.('[data-settle]')) {
    clearTimeout(field.settling);
    field.settling = setTimeout(() => field.dispatchEvent(new Event('change', { bubbles: true })), 350);
  }
});

// Copies the text of another element; browsers lend the clipboard to pages of https and of this machine only, others get it by the old way.
document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) {
    return;
  }
  const text = document.querySelector(button.dataset.copy).textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const carrier = document.body.appendChild(document.createElement('textarea'));
    carrier.value = text;
    carrier.select();
    document.execCommand('copy');
    carrier.remove();
    button.focus();
  }
  button.dataset.copied = '';
  setTimeout(() => delete button.dataset.copied, 2000);
});
