// The stand's pages work without this; with it the clock ticks, prices fill in, new mail appears by itself.
'use strict';

for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', () => {
    for (const button of form.querySelectorAll('button')) button.disabled = true;
  });
}

const clock = document.querySelector('[data-clock]');
if (clock) {
  const ahead = Date.parse(clock.dateTime) - Date.now();
  const show = () => {
    clock.textContent = new Date(Date.now() + ahead).toLocaleString(document.documentElement.lang, {
      dateStyle: 'long', timeStyle: 'medium', timeZone: 'Europe/Moscow',
    });
  };
  show();
  setInterval(show, 1000);
}

const station = document.querySelector('[data-station]');
const product = document.querySelector('[data-product]');
const price = document.querySelector('[data-price]');
if (station && product && price) {
  const fill = () => {
    const prices = station.selectedOptions[0]?.dataset.prices.split(' ').map((pair) => pair.split(':')) ?? [];
    price.value = prices.find(([code]) => code === product.value)?.[1] ?? '';
  };
  station.addEventListener('change', fill);
  product.addEventListener('change', fill);
  fill();
}

const letters = document.querySelector('[data-mail]');
if (letters) {
  setInterval(async () => {
    try {
      const mails = await (await fetch('/_local/outbox.json')).json();
      if (String(mails.length) !== letters.dataset.mail) location.reload();
    } catch {
      // The stand is being restarted; the next look will tell.
    }
  }, 3000);
}
