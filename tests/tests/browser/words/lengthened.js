// Part of an async function: lengthens the page's own texts, returns what is clipped or overlaps.
const theirs = 'bdi, textarea, .avatar, .unseen, kbd, time, [data-testid=text], [data-testid=unread], script, noscript';
const shown = element => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const layer = document.querySelector(':popover-open, dialog[open]') ?? document.body;
const name = element => `${element.tagName.toLowerCase()}${element.dataset.testid ? `[${element.dataset.testid}]` : ''}.${element.className?.baseVal ?? element.className} "${element.textContent.slice(0, 60)}"`;

const changed = [];
const walk = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
    const node = walk.currentNode, text = node.data;
    if (/\p{L}/u.test(text) && !node.parentElement.closest(theirs) && shown(node.parentElement))
        changed.push([node, text]);
}
for (const [node, text] of changed) node.data = text + text.slice(0, Math.ceil(text.length * 0.4));
await new Promise(requestAnimationFrame);

const wrong = new Set();
for (const [node] of changed) {
    const own = node.parentElement;
    for (let element = own; element && element !== layer.parentElement; element = element.parentElement) {
        const style = getComputedStyle(element);
        if (style.textOverflow === 'ellipsis' && style.overflowX !== 'visible') break;
        const scrolls = way => /auto|scroll/.test(way);
        if (element.clientWidth && element.scrollWidth > element.clientWidth + 1
            && (element === own || style.overflowX !== 'visible'))
            wrong.add(`too wide by ${element.scrollWidth - element.clientWidth}: ${name(element)}`);
        if (element.clientHeight && !scrolls(style.overflowY) && style.overflowY !== 'visible'
            && element.scrollHeight > element.clientHeight + 1)
            wrong.add(`too high by ${element.scrollHeight - element.clientHeight}: ${name(element)}`);
        if (scrolls(style.overflowY)) break;
    }
}

const inView = ({ element, box }) => {
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return top && (element.contains(top) || top.contains(element));
};
const controls = [...layer.querySelectorAll('a[href], button, input, textarea, select')]
    .filter(shown)
    .map(element => ({ element, box: element.getBoundingClientRect() }))
    .filter(it => it.box.width > 2 && it.box.height > 2 && inView(it));
for (const { element, box } of controls)
    if (box.right > innerWidth + 1 || box.left < -1) wrong.add(`beside the screen: ${name(element)}`);
controls.forEach((one, at) => {
    for (const other of controls.slice(at + 1)) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        const nested = one.element.contains(other.element) || other.element.contains(one.element);
        if (across > 1 && down > 1 && !nested) wrong.add(`${name(one.element)} overlaps ${name(other.element)}`);
    }
});

for (const [node, text] of changed) node.data = text;
return [...wrong];
