//! The page's program ends in the middle of what it does.

use parlor_tests::EngineKind;

use crate::{House, on_both_engines, visitor::Visitor};

/// Takes all the memory that the browser would still give the program; it is asked for in steps,
/// from large to small, since how much there is depends on the machine.
const NO_MEMORY_IS_LEFT: &str = "
    const glue = document.querySelector('link[rel=modulepreload]').href;
    const exports = await (await import(glue)).default();
    const memory = Object.values(exports).find(it => it instanceof WebAssembly.Memory);
    for (let pages = 65536; pages >= 1; pages >>= 1)
        try { for (;;) memory.grow(pages); } catch {}";

/// The field says that it holds more than what was free within the program's memory; to really hold
/// it would keep the browser busy for minutes.
const A_LONG_TEXT_IS_PASTED: &str = "
    const field = document.querySelector('[data-testid=composer]');
    Object.defineProperty(field, 'value', { get: () => 'x'.repeat(1 << 23) });
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));";

const THE_DIALOG_IS_OPEN: &str = "return document.querySelector('#broke').open";

async fn a_page_whose_program_ends_says_so_and_loses_nothing_unsent(kind: EngineKind) {
    let house = House::open(kind).await;
    let ada = Visitor::enters(house.node.url(), "Ada").await;
    ada.goes_offline().await;
    ada.says("written before the end").await;
    ada.sees_as("written before the end", "pencil").await;
    assert!(!ada.look::<bool>(THE_DIALOG_IS_OPEN).await);

    ada.runs(NO_MEMORY_IS_LEFT).await;
    assert!(!ada.look::<bool>(THE_DIALOG_IS_OPEN).await);
    ada.runs(A_LONG_TEXT_IS_PASTED).await;

    ada.shows("dialog#broke").await;
    ada.wire.mend();
    ada.shows("dialog#broke button").await.click().await.unwrap();
    ada.sees("written before the end").await;
    ada.leaves().await;
}

on_both_engines!(a_page_whose_program_ends_says_so_and_loses_nothing_unsent);
