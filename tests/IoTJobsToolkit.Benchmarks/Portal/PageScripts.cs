using System.Text.Json;

namespace IoTJobsToolkit.Benchmarks.Portal;

/// <summary>What notes times in the page itself, by the browser's own clock.</summary>
internal static class PageScripts
{
    /// <param name="selector">Where the watched number stands.</param>
    public static string All(string selector) => $$"""
        window.bench = (() => {
          const rows = () => [...document.querySelectorAll('table.executions tbody tr')].filter(isRow);
          const isRow = (row) => [...row?.cells ?? []].filter((cell) => cell.textContent.trim().length > 0).length >= 3;
          const read = () => { const text = document.querySelector({{JsonSerializer.Serialize(selector)}})?.textContent; return text ? Number(text.replace(/\D/g, '')) : null; };
          const frame = () => new Promise(requestAnimationFrame);

          // Painted: a frame after rows and counters are there. Live: the same, and the page answers.
          const bench = { read, changes: [], painted: null, live: null };
          const look = () => {
            const isThere = rows().length > 0 && (document.querySelector('.counter .figure')?.textContent ?? '').length > 0;
            bench.painted ??= isThere ? performance.now() : null;
            bench.live ??= isThere && window.portalTheme?.isLive() ? performance.now() : null;
            if (bench.live === null) { requestAnimationFrame(look); }
          };
          requestAnimationFrame(look);

          // Each change of the number with the time of the frame that shows it.
          bench.watch = () => {
            let last = read();
            new MutationObserver(() => {
              const now = read();
              if (now !== null && now !== last) {
                last = now;
                requestAnimationFrame(() => bench.changes.push(performance.timeOrigin + performance.now()));
              }
            }).observe(document.body, { subtree: true, childList: true, characterData: true });
          };

          const scroller = () => {
            let box = document.querySelector('table.executions');
            while (box && !(box.scrollHeight > box.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(box).overflowY))) { box = box.parentElement; }
            return box ?? document.scrollingElement;
          };
          bench.height = () => scroller().scrollHeight;

          // Rows stand where three points of the visible part of the table are on rows with text.
          const stand = () => {
            const table = document.querySelector('table.executions tbody').getBoundingClientRect();
            const box = scroller() === document.scrollingElement ? { top: 0, bottom: innerHeight } : scroller().getBoundingClientRect();
            const top = Math.max(table.top, box.top, 0) + 4;
            const bottom = Math.min(table.bottom, box.bottom, innerHeight) - 4;
            return [0.1, 0.5, 0.9].every((part) => isRow(document.elementFromPoint(table.left + 60, top + part * (bottom - top))?.closest('table.executions tbody tr')));
          };
          bench.jump = async (part) => {
            document.querySelector('table.executions').scrollIntoView({ block: 'start' });
            await frame();
            const box = scroller();
            const start = performance.now();
            box.scrollTop = part * (box.scrollHeight - box.clientHeight);
            do { await frame(); } while (!stand() && performance.now() - start < 10000);
            return performance.now() - start;
          };
          return bench;
        })();
        """;
}
