// Keeps a page current while the story plays: asks what has changed, and puts the new content in place unless somebody is writing.
const busy = () => document.activeElement?.matches('textarea, input:not([type=hidden]), select') || [...document.querySelectorAll('textarea, input:not([type=hidden])')].some((field) => field.value !== field.defaultValue);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function renew() {
  const answer = await fetch(location.pathname, { headers: { accept: 'text/html' } });
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  if (!next || busy()) return;
  const now = document.querySelector('main');
  for (const open of now.querySelectorAll('details[open]')) if (open.id) next.querySelector(`details#${open.id}`)?.setAttribute('open', '');
  const focused = document.activeElement?.getAttribute('href');
  if (next.innerHTML !== now.innerHTML) now.replaceWith(next);
  if (focused) document.querySelector(`main a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

async function follow() {
  for (let seen = 0; ; await pause(1200)) {
    const answer = await fetch(`/_changes?seen=${seen}`).catch(() => null);
    if (!answer?.ok) continue;
    const first = seen === 0;
    seen = Number(await answer.text());
    if (!first) await renew().catch(() => undefined);
  }
}

// The address that a form led to says how long it took: once is enough.
if (location.search) history.replaceState(null, '', location.pathname + location.hash);
// Once is enough for a form, too.
document.addEventListener('submit', ({ target }) => {
  for (const button of target.querySelectorAll('button')) {
    button.disabled = true;
    button.textContent = '…';
  }
});
if (!location.pathname.startsWith('/_')) follow();
