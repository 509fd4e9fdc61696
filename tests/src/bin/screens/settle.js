// Part of an async function: makes what differs from run to run the same.
const rows = [...document.querySelectorAll('[data-testid=row]')];
const told = minutes => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
rows.forEach((row, at) => {
    const time = row.querySelector('time');
    if (time) time.textContent = told(9 * 60 + 4 + 3 * at);
});
for (const element of document.querySelectorAll('[data-hue]')) {
    const near = element.matches('bdi') ? element : element.closest('.row, li, button')?.querySelector('bdi');
    const name = near?.textContent ?? element.textContent;
    element.dataset.hue = [...name].reduce((sum, letter) => (sum * 175 + letter.codePointAt(0)) % 65521, 7) % 9;
}
for (const told of document.querySelectorAll('.start p')) {
    told.textContent = told.textContent.replace(location.port, '3000');
}
if (document.activeElement) document.activeElement.style.caretColor = 'transparent';
await document.fonts.ready;
for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
