// «Рядом со мной»: asks the browser where it is, to a kilometre, and sends the form as if that had been typed.
for (const button of document.querySelectorAll('[data-locate]')) {
  if (!('geolocation' in navigator)) break;
  const field = button.form.elements.near;
  const note = document.getElementById(field.getAttribute('aria-describedby'));
  button.hidden = false;
  button.addEventListener('click', () => {
    note.textContent = button.dataset.waiting;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(2)}, ${coords.longitude.toFixed(2)}`;
        button.form.submit();
      },
      () => {
        note.textContent = button.dataset.refused;
        field.focus();
      },
      { timeout: 10_000, maximumAge: 600_000 },
    );
  });
}
