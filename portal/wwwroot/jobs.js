// What the list of jobs asks of the browser: filters kept under names, and whether somebody is pointing at the rows.
const place = 'iotjobs.jobs.filters';
const isFilter = (filter) => typeof filter?.name === 'string' && typeof filter?.query === 'string' && /^(\?|$)/.test(filter.query);

export const savedFilters = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isFilter) : [];
  } catch {
    return [];
  }
};

/** False where the browser keeps nothing, as in a private window. */
export const saveFilters = (filters) => {
  try {
    localStorage.setItem(place, JSON.stringify(filters));
    return true;
  } catch {
    return false;
  }
};

const controls = 'input, a, summary';

/** Arrows move between rows in the same column; the page is told, once a second at most, that its rows are pointed at. */
export const watchRows = (frame, page) => {
  const stop = new AbortController();
  let told = 0;

  const hold = () => {
    if (performance.now() - told > 1000) {
      told = performance.now();
      page.invokeMethodAsync('Hold').catch(() => stop.abort());
    }
  };

  const move = (event) => {
    const from = event.target.closest?.('tr.job-row');
    if (!from || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) {
      return;
    }
    const to = event.key === 'ArrowDown' ? from.nextElementSibling : from.previousElementSibling;
    const cell = to?.children[[...from.children].indexOf(event.target.closest('td'))];
    const control = cell?.querySelector(controls) ?? to?.querySelector(controls);
    if (control) {
      event.preventDefault();
      control.focus();
    }
  };

  const closeMenus = (except) => {
    for (const menu of frame.querySelectorAll('details[open]')) {
      if (!menu.contains(except)) {
        menu.open = false;
      }
    }
  };

  const options = { signal: stop.signal };
  for (const kind of ['pointermove', 'pointerdown', 'keydown']) {
    frame.addEventListener(kind, (event) => event.target.closest?.('tbody') && hold(), options);
  }
  frame.addEventListener('keydown', move, options);
  document.addEventListener('pointerdown', (event) => closeMenus(event.target), options);
  document.addEventListener('focusin', (event) => closeMenus(event.target), options);
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && event.target.closest?.('details[open]');
    if (menu && frame.contains(menu)) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }, options);
  return { stop: () => stop.abort() };
};
